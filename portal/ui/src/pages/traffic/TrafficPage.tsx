import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { exportLink, graphQuery, tidy, WINDOWS, type Window } from '../../api/graph';
import type { TrafficSearch } from '../../app/search';
import { clock } from '../../i18n/format';
import { Choice } from '../../parts/Choice';
import { Find } from '../../parts/Find';
import { Icon } from '../../parts/Icon';
import { Page } from '../../parts/Page';
import { Segments } from '../../parts/Segments';
import { Empty, Loaded, Skeleton } from '../../parts/States';
import { Drawer } from './Drawer';
import { EdgeTable } from './EdgeTable';
import { Legend } from './Legend';
import { viewOf } from './view';
import '../../look/traffic.css';

const Graph = lazy(() => import('./Graph').then((module) => ({ default: module.Graph })));
const ALL = '*';

/** Who talks to whom, and how well. The same as a picture and as a table. */
export function TrafficPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/traffic' });
  const { window = '5m', namespace, find = '', view = 'graph', focus, selected } = useSearch({ from: '/signed-in/traffic' });
  const query = useQuery(graphQuery(window));
  const graph = query.data;
  const set = (change: { [K in keyof TrafficSearch]?: TrafficSearch[K] | undefined }, replace = true) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  const namespaces = [...new Set((graph?.nodes ?? []).flatMap((node) => node.namespace ?? []))].sort();
  const shown = graph ? viewOf(graph, { namespace, focus, find }) : undefined;
  const close = () => set({ selected: undefined });

  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('[role=dialog],[role=listbox]')) close();
    };
    globalThis.addEventListener('keydown', escape);
    return () => globalThis.removeEventListener('keydown', escape);
  });

  return (
    <Page
      title={t('nav.traffic')}
      wide
      intro={graph ? <p className="muted small">{t('traffic.asOf', { time: clock(graph.asOf), window: t(`window.${window}`) })}</p> : null}
      actions={
        <>
          <Find label={t('traffic.find')} value={find} onChange={(text) => set({ find: text || undefined })} />
          <Choice
            label={t('column.namespace')}
            hideLabel
            value={namespace ?? ALL}
            onChange={(id) => set({ namespace: id === ALL ? undefined : id })}
            options={[{ id: ALL, name: t('filter.allNamespaces') }, ...[...new Set([...namespaces, ...(namespace ? [namespace] : [])])].map((id) => ({ id, name: id }))]}
          />
          <Segments<Window>
            label={t('traffic.window')}
            hideLabel
            value={window}
            onChange={(id) => set({ window: id })}
            options={WINDOWS.map((id) => ({ id, name: t(`window.${id}`) }))}
          />
          <Segments<'graph' | 'table'>
            label={t('traffic.view')}
            hideLabel
            value={view}
            onChange={(id) => set({ view: id })}
            options={[
              { id: 'graph', name: t('traffic.graph'), icon: 'graph' },
              { id: 'table', name: t('traffic.table'), icon: 'table' },
            ]}
          />
        </>
      }
    >
      <Loaded query={query} rows={10}>
        {({ dropped, missing }) => {
          if (!shown || shown.nodes.length === 0) return <NoTraffic window={window} namespace={namespace} onClear={() => set({ namespace: undefined })} />;
          return (
            <>
              {dropped ? <p className="notice notice-warn">{t('problem.dropped', { count: dropped })}</p> : null}
              {missing ? <p className="notice notice-warn">{t('traffic.missing', { why: missing })}</p> : null}
              <div className={selected ? 'traffic traffic-open' : 'traffic'}>
                <div className="traffic-main">
                  {view === 'graph' ? (
                    <Suspense fallback={<Skeleton rows={10} />}>
                      <Graph
                        view={shown}
                        selected={selected}
                        onSelect={(id) => set({ selected: id }, false)}
                        onFocus={(id) => set({ focus: focus === id ? undefined : id })}
                      />
                    </Suspense>
                  ) : (
                    <EdgeTable view={shown} selected={selected} onSelect={(id) => set({ selected: id }, false)} />
                  )}
                  <div className="traffic-foot">
                    <Legend />
                    {focus ? (
                      <Button className="button button-small" onPress={() => set({ focus: undefined })}>
                        <Icon name="close" size={13} /> {t('traffic.everything')}
                      </Button>
                    ) : null}
                    <span className="traffic-export">
                      {view === 'graph' ? (
                        <Button className="button button-small" onPress={() => void tidy().then(() => query.refetch())}>
                          {t('traffic.tidy')}
                        </Button>
                      ) : null}
                      <a className="button button-small" href={exportLink(window, 'json', namespace)} download="lateen-graph.json">
                        <Icon name="download" size={14} /> JSON
                      </a>
                      <a className="button button-small" href={exportLink(window, 'dot', namespace)} download="lateen-graph.dot">
                        <Icon name="download" size={14} /> DOT
                      </a>
                    </span>
                  </div>
                </div>
                {selected && graph ? <Drawer graph={graph} selected={selected} onClose={close} onSelect={(id) => set({ selected: id }, false)} /> : null}
              </div>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function NoTraffic({ window, namespace, onClear }: { window: Window; namespace: string | undefined; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty title={t('traffic.none', { window: t(`window.${window}`) })}>
      <p>{namespace ? t('traffic.noneInNamespace', { namespace }) : t('traffic.noneText')}</p>
      {namespace ? (
        <Button className="button" onPress={onClear}>
          {t('filter.clear')}
        </Button>
      ) : (
        window !== '1h' && (
          <Link to="/traffic" search={{ window: '1h' }} className="button">
            {t('traffic.longer')}
          </Link>
        )
      )}
    </Empty>
  );
}
