import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Overview } from '#portal';
import { percent } from '../../i18n/format';
import { Ago, Chip } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Card } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';
import { Table } from '../../parts/Table';

/** How much is encrypted, and whose certificate ends next. */
export function Security({ query }: { query: UseQueryResult<Overview> }) {
  const { t } = useTranslation();
  return (
    <Card title={t('security.title')} icon={<Icon name="lock" />}>
      <Loaded query={query} rows={3}>
        {({ certificates, traffic }) => (
          <>
            <dl className="facts">
              <dt>{t('security.encrypted')}</dt>
              <dd>{traffic?.encryptedShare == null ? t('security.noTraffic') : percent(traffic.encryptedShare)}</dd>
              <dt>{t('security.certificates')}</dt>
              <dd>{certificates ? certificates.total : t('states.unreachable')}</dd>
              <dt>{t('security.next')}</dt>
              <dd>{certificates?.nextExpiryAt ? <Ago at={certificates.nextExpiryAt} /> : '–'}</dd>
            </dl>
            {certificates && certificates.total === 0 ? (
              <Empty title={t('security.none')}>
                <p>{t('security.noneText')}</p>
              </Empty>
            ) : null}
            {certificates && certificates.expiringSoon.length > 0 ? (
              <Table>
                <thead>
                  <tr>
                    <th scope="col">{t('security.identity')}</th>
                    <th scope="col">{t('security.ends')}</th>
                  </tr>
                </thead>
                <tbody>
                  {certificates.expiringSoon.slice(0, 8).map((each) => (
                    <tr key={each.serial}>
                      <td className="clip" title={each.identity}>
                        {each.identity.replace(/^spiffe:\/\/[^/]+\//, '')}
                      </td>
                      <td>
                        <Chip tone="warn">
                          <Ago at={each.endsAt} />
                        </Chip>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            ) : null}
          </>
        )}
      </Loaded>
    </Card>
  );
}
