import { useQuery } from '@tanstack/react-query';
import { Switch } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { proxiesQuery } from '../../api/mesh';
import { prefer, usePreferences } from '../../look/preferences';
import { Ago, Chip } from '../../parts/Chip';
import { Card, Page } from '../../parts/Page';
import { Segments } from '../../parts/Segments';
import { Empty, Loaded } from '../../parts/States';
import { Table } from '../../parts/Table';

/** How the portal looks in this browser, and what is connected. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { theme, language, density, shortcuts } = usePreferences();
  return (
    <Page title={t('nav.settings')}>
      <Card title={t('settings.look')}>
        <div className="form">
          <p className="muted small">{t('settings.intro')}</p>
          <Segments
            label={t('settings.theme')}
            value={theme}
            onChange={(id) => prefer({ theme: id })}
            options={[
              { id: 'auto', name: t('settings.auto') },
              { id: 'light', name: t('settings.light') },
              { id: 'dark', name: t('settings.dark') },
            ]}
          />
          <Segments
            label={t('settings.language')}
            value={language}
            onChange={(id) => prefer({ language: id })}
            options={[
              { id: 'auto', name: t('settings.auto') },
              { id: 'en', name: 'English' },
              { id: 'zh-CN', name: '简体中文' },
            ]}
          />
          <Segments
            label={t('settings.density')}
            value={density}
            onChange={(id) => prefer({ density: id })}
            options={[
              { id: 'comfortable', name: t('settings.comfortable') },
              { id: 'compact', name: t('settings.compact') },
            ]}
          />
          <Switch className="switch" isSelected={shortcuts} onChange={(on) => prefer({ shortcuts: on })}>
            <span className="switch-track" aria-hidden="true" />
            {t('settings.shortcuts')}
          </Switch>
        </div>
      </Card>
      <Sidecars />
    </Page>
  );
}

function Sidecars() {
  const { t } = useTranslation();
  const proxies = useQuery(proxiesQuery);
  return (
    <section id="sidecars">
      <Card title={t('sidecars.title')}>
        <Loaded query={proxies} rows={6}>
          {(all) => {
            const newest = Math.max(0, ...all.map((proxy) => proxy.inForceRevision));
            if (all.length === 0) {
              return (
                <Empty title={t('sidecars.none')}>
                  <p>{t('sidecars.noneText')}</p>
                </Empty>
              );
            }
            return (
              <Table>
                <thead>
                  <tr>
                    <th scope="col">{t('sidecars.name')}</th>
                    <th scope="col">{t('column.namespace')}</th>
                    <th scope="col">{t('sidecars.state')}</th>
                    <th scope="col" className="number">
                      {t('column.revision')}
                    </th>
                    <th scope="col">{t('sidecars.connected')}</th>
                    <th scope="col">{t('column.version')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((proxy) => (
                    <tr key={proxy.node}>
                      <td title={proxy.node}>{proxy.name}</td>
                      <td>{proxy.namespace}</td>
                      <td>
                        {proxy.lastNack ? (
                          <span title={proxy.lastNack.message}>
                            <Chip tone="bad">{t('sidecars.refused')}</Chip>
                          </span>
                        ) : !proxy.healthy ? (
                          <Chip tone="bad">{t('sidecars.unhealthy')}</Chip>
                        ) : proxy.inForceRevision < newest ? (
                          <Chip tone="warn">{t('sidecars.lagging')}</Chip>
                        ) : (
                          <Chip tone="ok">{t('sidecars.inForce')}</Chip>
                        )}
                      </td>
                      <td className="number">{proxy.inForceRevision}</td>
                      <td>
                        <Ago at={proxy.connectedAt} />
                      </td>
                      <td>{proxy.version}</td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            );
          }}
        </Loaded>
      </Card>
    </section>
  );
}
