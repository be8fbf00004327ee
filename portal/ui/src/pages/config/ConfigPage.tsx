import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type KindType, kindsQuery, programmed, type Resource, resourcesQuery } from '../../api/kubernetes';
import { useMayWrite } from '../../api/session';
import { Ago, Chip } from '../../parts/Chip';
import { Choice } from '../../parts/Choice';
import { Find } from '../../parts/Find';
import { Icon } from '../../parts/Icon';
import { Page } from '../../parts/Page';
import { Empty, ErrorState, Loaded, Skeleton } from '../../parts/States';
import { Table } from '../../parts/Table';
import type { ListSearch } from '../../app/search';

const ALL = '*';

/** Every rule there is, and whether it is in force. */
export function ConfigPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/config' });
  const { find = '', namespace, kind } = useSearch({ from: '/signed-in/config' });
  const kinds = useQuery(kindsQuery);
  const types = kinds.data ?? [];
  const lists = useQueries({ queries: types.map(resourcesQuery) });
  const waiting = kinds.isPending || lists.some((list) => list.isPending);
  const broken = lists.find((list) => list.isError && !list.data);
  const rows = types.flatMap((type, at) => (lists[at]?.data ?? []).map((resource) => ({ type, resource })));
  const namespaces = [...new Set(rows.map(({ resource }) => resource.metadata.namespace ?? ''))].sort();
  const set = (change: { [K in keyof ListSearch]?: ListSearch[K] | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const shown = rows.filter(
    ({ type, resource }) =>
      (!kind || type.kind === kind) &&
      (!namespace || resource.metadata.namespace === namespace) &&
      `${resource.metadata.name} ${hosts(resource)}`.toLowerCase().includes(find.toLowerCase()),
  );
  const may = useMayWrite();

  return (
    <Page
      title={t('nav.config')}
      wide
      actions={
        <>
          <Find label={t('config.find')} value={find} onChange={(text) => set({ find: text || undefined })} />
          <Choice
            label={t('column.kind')}
            hideLabel
            value={kind ?? ALL}
            onChange={(id) => set({ kind: id === ALL ? undefined : id })}
            options={[{ id: ALL, name: t('filter.allKinds') }, ...types.map((type) => ({ id: type.kind, name: type.kind }))]}
          />
          <Choice
            label={t('column.namespace')}
            hideLabel
            value={namespace ?? ALL}
            onChange={(id) => set({ namespace: id === ALL ? undefined : id })}
            options={[{ id: ALL, name: t('filter.allNamespaces') }, ...namespaces.map((id) => ({ id, name: id }))]}
          />
          <Link to="/config/new" search={kind ? { kind } : {}} className="button button-main">
            <Icon name="plus" size={15} /> {t('config.new')}
          </Link>
        </>
      }
    >
      {may ? null : <p className="notice notice-quiet">{t('access.readOnly')}</p>}
      {broken ? <ErrorState problem={broken.error} onRetry={() => void broken.refetch()} /> : null}
      <Loaded query={kinds} rows={8}>
        {() => {
          if (waiting && rows.length === 0) return <Skeleton rows={8} />;
          if (rows.length === 0 && !broken) {
            return (
              <Empty title={t('config.none')}>
                <p>{t('config.noneText')}</p>
                <Link to="/config/new" className="button button-main">
                  {t('config.new')}
                </Link>
              </Empty>
            );
          }
          if (shown.length === 0 && rows.length > 0) {
            return (
              <Empty title={t('filter.hidden', { count: rows.length })}>
                <Link to="/config" className="button">
                  {t('filter.clear')}
                </Link>
              </Empty>
            );
          }
          return rows.length === 0 ? null : <Rules rows={shown} />;
        }}
      </Loaded>
    </Page>
  );
}

function hosts(resource: Resource): string {
  const spec = resource.spec ?? {};
  return Array.isArray(spec.hosts) ? spec.hosts.join(', ') : typeof spec.host === 'string' ? spec.host : '';
}

function Rules({ rows }: { rows: readonly { type: KindType; resource: Resource }[] }) {
  const { t } = useTranslation();
  return (
    <Table main>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.kind')}</th>
          <th scope="col">{t('column.namespace')}</th>
          <th scope="col">{t('column.hosts')}</th>
          <th scope="col">{t('column.inForce')}</th>
          <th scope="col" className="number">{t('column.generation')}</th>
          <th scope="col">{t('column.created')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ type, resource }) => (
          <tr key={`${type.group}/${type.kind}/${resource.metadata.namespace}/${resource.metadata.name}`}>
            <th scope="row">
              <Link
                to="/config/$group/$plural/$namespace/$name"
                params={{ group: type.group, plural: type.plural, namespace: resource.metadata.namespace ?? 'default', name: resource.metadata.name }}
              >
                {resource.metadata.name}
              </Link>
            </th>
            <td>{type.kind}</td>
            <td>{resource.metadata.namespace}</td>
            <td className="clip">{hosts(resource) || '–'}</td>
            <td>
              <Programmed resource={resource} />
            </td>
            <td className="number">{resource.metadata.generation ?? 1}</td>
            <td>{resource.metadata.creationTimestamp ? <Ago at={resource.metadata.creationTimestamp} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** On how many sidecars a rule is in force, as the manager wrote into its status. */
export function Programmed({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const condition = programmed(resource);
  if (!condition) return <Chip tone="quiet">{t('config.unknown')}</Chip>;
  const count = /(\d+) of (\d+)/.exec(condition.message ?? '');
  const text = count ? t('inForce.short', { inForce: count[1] ?? '', total: count[2] ?? '' }) : condition.status === 'True' ? t('config.inForce') : (condition.reason ?? '');
  return (
    <span title={condition.message}>
      <Chip tone={condition.status === 'True' ? 'ok' : condition.status === 'False' ? 'warn' : 'quiet'}>{text}</Chip>
    </span>
  );
}
