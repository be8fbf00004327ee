import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { graphQuery } from '../../api/graph';
import { meshServicesQuery } from '../../api/mesh';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { versionsOf } from '../../rules/routing';
import { Chip } from '../../parts/Chip';
import { Choice } from '../../parts/Choice';
import { Find } from '../../parts/Find';
import { Page } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';
import { Table } from '../../parts/Table';
import { trafficTo } from './traffic';

const ALL = '*';

/** Every service: its versions, how much comes to it and how well that goes. */
export function ServicesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/services' });
  const { find = '', namespace } = useSearch({ from: '/signed-in/services' });
  const services = useQuery(meshServicesQuery);
  const graph = useQuery(graphQuery('5m')).data;
  const namespaces = [...new Set((services.data ?? []).map((service) => service.namespace))].sort();
  const set = (change: { find?: string | undefined; namespace?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  return (
    <Page
      title={t('nav.services')}
      wide
      actions={
        <>
          <Find label={t('services.find')} value={find} onChange={(text) => set({ find: text || undefined })} />
          <Choice
            label={t('column.namespace')}
            hideLabel
            value={namespace ?? ALL}
            onChange={(id) => set({ namespace: id === ALL ? undefined : id })}
            options={[{ id: ALL, name: t('filter.allNamespaces') }, ...namespaces.map((id) => ({ id, name: id }))]}
          />
        </>
      }
    >
      <Loaded query={services} rows={8}>
        {(all) => {
          const shown = all.filter(
            (service) => (!namespace || service.namespace === namespace) && `${service.name} ${service.hostname}`.includes(find.toLowerCase()),
          );
          if (all.length === 0) {
            return (
              <Empty title={t('services.none')}>
                <p>{t('services.noneText')}</p>
                <pre className="command">lateen run --service shop --version v1 --port 9080 -- java -jar shop.jar</pre>
              </Empty>
            );
          }
          if (shown.length === 0) {
            return (
              <Empty title={t('filter.hidden', { count: all.length })}>
                <Link to="/services" className="button">
                  {t('filter.clear')}
                </Link>
              </Empty>
            );
          }
          return (
            <Table main>
              <thead>
                <tr>
                  <th scope="col">{t('column.service')}</th>
                  <th scope="col">{t('column.namespace')}</th>
                  <th scope="col">{t('column.versions')}</th>
                  <th scope="col">{t('column.ports')}</th>
                  <th scope="col">{t('column.endpoints')}</th>
                  <th scope="col" className="number">{t('column.requests')}</th>
                  <th scope="col" className="number">{t('column.errors')}</th>
                  <th scope="col" className="number">{t('column.p95')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((service) => {
                  const traffic = trafficTo(service.hostname, graph);
                  const workloads = new Map(service.endpoints.map((endpoint) => [endpoint.name, endpoint.health]));
                  const healthy = [...workloads.values()].filter((health) => health === 'HEALTHY').length;
                  return (
                    <tr key={service.hostname}>
                      <th scope="row">
                        <Link to="/services/$namespace/$name" params={{ namespace: service.namespace, name: service.name }} title={service.hostname}>
                          {service.name}
                        </Link>
                        {service.meshExternal ? <Chip tone="quiet">{t('services.external')}</Chip> : null}
                      </th>
                      <td>{service.namespace}</td>
                      <td className="chips">
                        {versionsOf(service).map((version) => (
                          <span className="tag" key={version}>
                            {version}
                          </span>
                        ))}
                      </td>
                      <td>{service.ports.map((port) => `${port.number} ${port.protocol}`).join(', ')}</td>
                      <td>
                        {workloads.size === 0 ? (
                          <Chip tone="quiet">{t('services.noEndpoint')}</Chip>
                        ) : healthy < workloads.size ? (
                          <Chip tone="warn">{t('services.healthy', { healthy, total: workloads.size })}</Chip>
                        ) : (
                          <Chip tone="ok">{t('services.healthy', { healthy, total: workloads.size })}</Chip>
                        )}
                      </td>
                      <td className="number">{perSecond(traffic?.requestsPerSecond)}</td>
                      <td className={`number ${traffic && traffic.errorRate >= 0.01 ? 'tone-bad' : ''}`}>{percent(traffic?.errorRate)}</td>
                      <td className="number">{milliseconds(traffic?.p95)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </Table>
          );
        }}
      </Loaded>
    </Page>
  );
}
