import type { GraphNode } from '#portal';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { graphQuery } from '../../api/graph';
import { type KindType, resourcesQuery } from '../../api/kubernetes';
import { meshServicesQuery, type MeshService } from '../../api/mesh';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { Chip } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Card, Page } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';
import { Table } from '../../parts/Table';
import { destinationRuleOf, virtualServiceOf } from '../../rules/routing';
import { useNames } from '../traffic/names';
import { SplitCard } from './SplitCard';

const type = (kind: string, plural: string): KindType => ({ group: 'networking.istio.io', version: 'v1', kind, plural, shortNames: [] });
export const VIRTUAL_SERVICES = type('VirtualService', 'virtualservices');
export const DESTINATION_RULES = type('DestinationRule', 'destinationrules');

/** One service: what each version gets and does, who calls it, which rules route to it. */
export function ServicePage() {
  const { t } = useTranslation();
  const { namespace, name } = useParams({ from: '/signed-in/services/$namespace/$name' });
  const services = useQuery(meshServicesQuery);
  const service = services.data?.find((each) => each.namespace === namespace && each.name === name);
  return (
    <Page
      title={name}
      wide
      intro={
        <p className="muted">
          <Link to="/services">{t('nav.services')}</Link> / {namespace}
          {service ? (
            <>
              {' · '}
              <code>{service.hostname}</code> · {service.ports.map((port) => `${port.number} ${port.protocol}`).join(', ')}
            </>
          ) : null}
        </p>
      }
    >
      <Loaded query={services} rows={8}>
        {() =>
          service ? (
            <Known service={service} />
          ) : (
            <Empty title={t('services.unknown', { name, namespace })}>
              <p>{t('services.unknownText')}</p>
              <Link to="/services" className="button">
                {t('nav.services')}
              </Link>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

function Known({ service }: { service: MeshService }) {
  const virtualServices = useQuery(resourcesQuery(VIRTUAL_SERVICES));
  const destinationRules = useQuery(resourcesQuery(DESTINATION_RULES));
  return (
    <div className="columns columns-even">
      <div>
        <Loaded query={virtualServices} rows={6}>
          {(all) => (
            <Loaded query={destinationRules} rows={6}>
              {(rules) => (
                <SplitCard
                  key={service.hostname}
                  service={service}
                  virtualService={virtualServiceOf(service, all)}
                  destinationRule={destinationRuleOf(service, rules)}
                />
              )}
            </Loaded>
          )}
        </Loaded>
        <Rules service={service} />
      </div>
      <div>
        <Callers service={service} />
        <Endpoints service={service} />
      </div>
    </div>
  );
}

function Rules({ service }: { service: MeshService }) {
  const { t } = useTranslation();
  const virtualService = virtualServiceOf(service, useQuery(resourcesQuery(VIRTUAL_SERVICES)).data ?? []);
  const destinationRule = destinationRuleOf(service, useQuery(resourcesQuery(DESTINATION_RULES)).data ?? []);
  const found = [
    { rule: virtualService, kind: VIRTUAL_SERVICES },
    { rule: destinationRule, kind: DESTINATION_RULES },
  ].flatMap(({ rule, kind }) => (rule ? [{ rule, kind }] : []));
  return (
    <Card title={t('services.rules')} icon={<Icon name="config" />}>
      {found.length === 0 ? (
        <Empty title={t('services.noRules')} />
      ) : (
        <ul className="rows">
          {found.map(({ rule, kind }) => (
            <li key={kind.kind}>
              <Link
                to="/config/$group/$plural/$namespace/$name"
                params={{ group: kind.group, plural: kind.plural, namespace: rule.metadata.namespace ?? 'default', name: rule.metadata.name }}
              >
                {rule.metadata.name}
              </Link>
              <span className="muted">{kind.kind}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The same each time, so that names are not made anew. */
const NONE: readonly GraphNode[] = [];

function Callers({ service }: { service: MeshService }) {
  const { t } = useTranslation();
  const graph = useQuery(graphQuery('5m'));
  const nameOf = useNames(graph.data?.nodes ?? NONE);
  return (
    <Card
      title={t('services.callers')}
      icon={<Icon name="traffic" />}
      actions={
        <Link to="/traffic" search={{ find: service.name }} className="button button-small">
          {t('services.inGraph')}
        </Link>
      }
    >
      <Loaded query={graph} rows={3}>
        {({ edges }) => {
          const calls = edges.filter((edge) => edge.service === service.hostname);
          if (calls.length === 0) return <Empty title={t('services.noCalls')} />;
          return (
            <Table>
              <thead>
                <tr>
                  <th scope="col">{t('column.from')}</th>
                  <th scope="col">{t('column.to')}</th>
                  <th scope="col" className="number">{t('column.requests')}</th>
                  <th scope="col" className="number">{t('column.errors')}</th>
                  <th scope="col" className="number">{t('column.p95')}</th>
                </tr>
              </thead>
              <tbody>
                {calls.map((edge) => (
                  <tr key={edge.id}>
                    <td>{nameOf(edge.source)}</td>
                    <td>{nameOf(edge.target)}</td>
                    <td className="number">{perSecond(edge.requestsPerSecond)}</td>
                    <td className={`number ${edge.errorRate >= 0.01 ? 'tone-bad' : ''}`}>{percent(edge.errorRate)}</td>
                    <td className="number">{milliseconds(edge.p95)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Health({ of: health }: { of: string }) {
  const { t } = useTranslation();
  switch (health) {
    case 'HEALTHY':
      return <Chip tone="ok">{t('health.HEALTHY')}</Chip>;
    case 'DRAINING':
      return <Chip tone="warn">{t('health.DRAINING')}</Chip>;
    default:
      return <Chip tone="bad">{t('health.UNHEALTHY')}</Chip>;
  }
}

function Endpoints({ service }: { service: MeshService }) {
  const { t } = useTranslation();
  return (
    <Card title={t('column.endpoints')} icon={<Icon name="services" />}>
      {service.endpoints.length === 0 ? (
        <Empty title={t('services.noEndpoint')}>
          <p>{t('services.noEndpointText')}</p>
        </Empty>
      ) : (
        <Table>
          <thead>
            <tr>
              <th scope="col">{t('column.workload')}</th>
              <th scope="col">{t('column.version')}</th>
              <th scope="col">{t('column.address')}</th>
              <th scope="col">{t('column.health')}</th>
            </tr>
          </thead>
          <tbody>
            {service.endpoints.map((endpoint) => (
              <tr key={`${endpoint.name}/${endpoint.servicePort}/${endpoint.address}`}>
                <td>{endpoint.name}</td>
                <td>{endpoint.labels.version ?? '–'}</td>
                <td>
                  <code>
                    {endpoint.address}:{endpoint.port}
                  </code>
                </td>
                <td>
                  <Health of={endpoint.health} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
