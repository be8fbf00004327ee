import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { kindsQuery } from '../../api/kubernetes';
import { historyQuery } from '../../api/mesh';
import { Ago } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Card } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';

/** Who changed what, newest first. */
export function Changes() {
  const { t } = useTranslation();
  const history = useQuery(historyQuery({}, 60));
  const kinds = useQuery(kindsQuery).data ?? [];
  return (
    <Card title={t('changes.title')} icon={<Icon name="history" />}>
      <Loaded query={history} rows={8}>
        {(all) => {
          const entries = all.filter((entry) => kinds.some((type) => type.kind === entry.kind)).slice(0, 14);
          if (entries.length === 0) {
            return (
              <Empty title={t('changes.none')}>
                <p>{t('changes.noneText')}</p>
              </Empty>
            );
          }
          return (
            <ol className="changes">
              {entries.map((entry) => {
                const type = kinds.find((each) => each.kind === entry.kind);
                return (
                  <li key={`${entry.revision}/${entry.kind}/${entry.namespace}/${entry.name}`}>
                    <span className={`change-mark change-${entry.action.toLowerCase()}`} aria-hidden="true" />
                    <div>
                      {type ? (
                        <Link
                          to="/config/$group/$plural/$namespace/$name"
                          params={{ group: type.group, plural: type.plural, namespace: entry.namespace, name: entry.name }}
                          search={{ tab: 'history' }}
                        >
                          {entry.name}
                        </Link>
                      ) : (
                        entry.name
                      )}{' '}
                      <span className="muted">{entry.kind}</span>
                      <p className="small muted">
                        {t(`changes.${entry.action}`, { actor: entry.actor })} · <Ago at={entry.at} /> · {t('inForce.revision', { revision: entry.revision })}
                      </p>
                    </div>
                  </li>
                );
              })}
            </ol>
          );
        }}
      </Loaded>
    </Card>
  );
}
