import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { type KindType, kindsQuery, remove, type Resource, resourceQuery } from '../../api/kubernetes';
import { Button } from 'react-aria-components';
import { InForce } from '../../parts/InForce';
import { Page } from '../../parts/Page';
import { Sheet } from '../../parts/Sheet';
import { Empty, ErrorState, Loaded, Skeleton } from '../../parts/States';
import { useProblem } from '../../parts/problem';
import { WriteButton } from '../../parts/WriteButton';
import { Programmed } from './ConfigPage';
import { History } from './History';
import { RuleEditor } from './RuleEditor';
import '../../look/editor.css';

/** One rule: its text, what the manager says of it, who changed it, the way back. */
export function ObjectPage() {
  const { t } = useTranslation();
  const { group, plural, name } = useParams({ from: '/signed-in/config/$group/$plural/$namespace/$name' });
  const kinds = useQuery(kindsQuery);
  if (!kinds.data) {
    return (
      <Page title={name} wide>
        <Loaded query={kinds} rows={12}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return (
    <Loaded query={kinds} rows={8}>
      {(all) => {
        const type = all.find((each) => each.group === group && each.plural === plural);
        return type ? (
          <OfKind type={type} />
        ) : (
          <Page title={plural}>
            <Empty title={t('config.noKind', { kind: `${plural}.${group}` })}>
              <Link to="/config" className="button">
                {t('nav.config')}
              </Link>
            </Empty>
          </Page>
        );
      }}
    </Loaded>
  );
}

function OfKind({ type }: { type: KindType }) {
  const { t } = useTranslation();
  const { namespace, name } = useParams({ from: '/signed-in/config/$group/$plural/$namespace/$name' });
  const { tab = 'yaml', revision } = useSearch({ from: '/signed-in/config/$group/$plural/$namespace/$name' });
  const navigate = useNavigate({ from: '/config/$group/$plural/$namespace/$name' });
  const client = useQueryClient();
  const query = useQuery(resourceQuery(type, namespace, name));
  const gone = query.error instanceof ApiError && query.error.status === 404;
  const [deleting, setDeleting] = useState(false);

  function written(at: number | undefined) {
    void client.invalidateQueries({ queryKey: ['config'] });
    void navigate({ search: () => (at ? { revision: at } : {}), replace: true });
  }

  return (
    <Page
      title={name}
      wide
      intro={
        <p className="muted">
          <Link to="/config" search={{ kind: type.kind }}>
            {type.kind}
          </Link>{' '}
          / {namespace} {query.data && !gone ? <Programmed resource={query.data} /> : null}
        </p>
      }
      actions={
        query.data && !gone ? (
          <WriteButton namespace={namespace} danger onPress={() => setDeleting(true)}>
            {t('action.delete')}
          </WriteButton>
        ) : null
      }
    >
      {revision ? <InForce revision={revision} /> : null}
      <Tabs
        className="tabs"
        selectedKey={gone ? 'history' : tab}
        onSelectionChange={(key) => void navigate({ search: (before) => ({ ...before, tab: key === 'history' ? 'history' : undefined }), replace: true })}
      >
        <TabList aria-label={t('config.views')} className="tab-list">
          <Tab id="yaml" className="tab" isDisabled={gone}>
            {t('config.yaml')}
          </Tab>
          <Tab id="history" className="tab">
            {t('config.history')}
          </Tab>
        </TabList>
        <TabPanel id="yaml" className="tab-panel">
          {query.data ? (
            <RuleEditor type={type} base={query.data} namespace={namespace} onWritten={written} />
          ) : query.isError ? (
            <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <Skeleton rows={12} />
          )}
        </TabPanel>
        <TabPanel id="history" className="tab-panel">
          {gone ? (
            <Empty title={t('config.gone', { name })}>
              <p>{t('config.goneText')}</p>
            </Empty>
          ) : null}
          <History type={type} namespace={namespace} name={name} current={gone ? undefined : query.data} onWritten={written} />
        </TabPanel>
      </Tabs>
      {deleting && query.data ? (
        <DeleteSheet
          type={type}
          resource={query.data}
          onClose={() => setDeleting(false)}
          onDone={() => {
            void client.invalidateQueries({ queryKey: ['config'] });
            void navigate({ to: '/config' });
          }}
        />
      ) : null}
    </Page>
  );
}

function DeleteSheet({ type, resource, onClose, onDone }: { type: KindType; resource: Resource; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblem();
  const [problem, setProblem] = useState<unknown>(null);
  const { name, namespace = 'default' } = resource.metadata;
  return (
    <Sheet
      title={t('config.deleteTitle', { kind: type.kind, name })}
      onClose={onClose}
      footer={
        <>
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            className="button button-danger"
            onPress={() => {
              remove(type, namespace, name).then(onDone, setProblem);
            }}
          >
            {t('action.delete')}
          </Button>
        </>
      }
    >
      <p>{t('config.deleteText')}</p>
      {problem ? (
        <p className="notice notice-bad" role="alert">
          {problemText(problem)}
        </p>
      ) : null}
    </Sheet>
  );
}
