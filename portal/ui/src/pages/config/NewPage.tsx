import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/http';
import { kindsQuery, MANAGER } from '../../api/kubernetes';
import { Choice } from '../../parts/Choice';
import { Page } from '../../parts/Page';
import { Loaded } from '../../parts/States';
import { RuleEditor } from './RuleEditor';
import { templateOf } from './templates';
import '../../look/editor.css';

/** A new rule, from a template of its kind. */
export function NewPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/config/new' });
  const client = useQueryClient();
  const { kind = 'VirtualService', namespace = 'default' } = useSearch({ from: '/signed-in/config/new' });
  const kinds = useQuery(kindsQuery);
  const namespaces = useQuery({
    queryKey: ['namespaces'],
    queryFn: async ({ signal }) => {
      const list = await call<{ items: { metadata: { name: string } }[] }>(`${MANAGER}/api/v1/namespaces`, { signal });
      return list.items.map((item) => item.metadata.name);
    },
  });
  return (
    <Page
      title={t('config.new')}
      wide
      actions={
        <>
          <Choice
            label={t('column.kind')}
            value={kind}
            onChange={(id) => void navigate({ search: (before) => ({ ...before, kind: id }), replace: true })}
            options={(kinds.data ?? []).map((type) => ({ id: type.kind, name: type.kind }))}
          />
          <Choice
            label={t('column.namespace')}
            value={namespace}
            onChange={(id) => void navigate({ search: (before) => ({ ...before, namespace: id }), replace: true })}
            options={[...new Set([...(namespaces.data ?? []), namespace])].map((id) => ({ id, name: id }))}
          />
        </>
      }
    >
      <Loaded query={kinds} rows={12}>
        {(all) => {
          const type = all.find((each) => each.kind === kind) ?? all[0];
          if (!type) return null;
          return (
            <RuleEditor
              key={`${type.kind}/${namespace}`}
              type={type}
              namespace={namespace}
              template={templateOf(type, namespace)}
              onWritten={(revision, object) => {
                void client.invalidateQueries({ queryKey: ['config'] });
                void navigate({
                  to: '/config/$group/$plural/$namespace/$name',
                  params: { group: type.group, plural: type.plural, namespace: object.metadata.namespace ?? namespace, name: object.metadata.name },
                  search: revision ? { revision } : {},
                });
              }}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
