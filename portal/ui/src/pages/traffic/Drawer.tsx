import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { GraphNode, GraphView, TrafficEdge } from '#portal';
import { healthOf } from '../../api/graph';
import { bytesPerSecond, compact, milliseconds, percent, perSecond } from '../../i18n/format';
import { Chip } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Empty } from '../../parts/States';
import { TONES } from './EdgeTable';
import { firstLabel, kindOf, useNames } from './names';

/** What is known of the node or the call that was chosen. */
export function Drawer({ graph, selected, onClose, onSelect }: {
  graph: GraphView;
  selected: string;
  onClose: () => void;
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useNames(graph.nodes);
  const heading = useRef<HTMLHeadingElement>(null);
  const node = graph.nodes.find((each) => each.id === selected);
  const edge = graph.edges.find((each) => each.id === selected);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [selected]);
  return (
    <aside className="drawer" aria-label={t('traffic.details')} data-testid="drawer">
      <header className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>
          {edge ? `${nameOf(edge.source)} → ${nameOf(edge.target)}` : nameOf(selected)}
        </h2>
        <Button className="icon-button" onPress={onClose} aria-label={t('action.close')}>
          <Icon name="close" />
        </Button>
      </header>
      {node ? <NodeDetails node={node} edges={graph.edges} nameOf={nameOf} onSelect={onSelect} /> : null}
      {edge ? <EdgeDetails edge={edge} nodes={graph.nodes} /> : null}
      {!node && !edge ? <Empty title={t('traffic.gone')} /> : null}
    </aside>
  );
}

interface Listed {
  readonly edges: readonly TrafficEdge[];
  readonly nameOf: (id: string) => string;
  readonly onSelect: (id: string) => void;
}

function NodeDetails({ node, edges, nameOf, onSelect }: Listed & { node: GraphNode }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="facts">
        <dt>{t('column.kind')}</dt>
        <dd>{t(`node.${kindOf(node)}`)}</dd>
        {node.namespace ? (
          <>
            <dt>{t('column.namespace')}</dt>
            <dd>{node.namespace}</dd>
          </>
        ) : null}
        {node.version ? (
          <>
            <dt>{t('column.version')}</dt>
            <dd>{node.version}</dd>
          </>
        ) : null}
        {node.service ? (
          <>
            <dt>{t('column.service')}</dt>
            <dd>
              {node.namespace ? (
                <Link to="/services/$namespace/$name" params={{ namespace: node.namespace, name: firstLabel(node.service) }}>
                  {firstLabel(node.service)}
                </Link>
              ) : (
                node.service
              )}
            </dd>
          </>
        ) : null}
      </dl>
      <Calls title={t('traffic.in')} edges={edges.filter((edge) => edge.target === node.id)} other="source" nameOf={nameOf} onSelect={onSelect} />
      <Calls title={t('traffic.out')} edges={edges.filter((edge) => edge.source === node.id)} other="target" nameOf={nameOf} onSelect={onSelect} />
    </>
  );
}

function Calls({ title, edges, other, nameOf, onSelect }: Listed & { title: string; other: 'source' | 'target' }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{title}</h3>
      {edges.length === 0 ? (
        <p className="muted small">{t('traffic.noCalls')}</p>
      ) : (
        <table className="table">
          <tbody>
            {edges.map((edge) => (
              <tr key={edge.id}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onSelect(edge.id)}>
                    {nameOf(edge[other])}
                  </button>
                </th>
                <td className="number">{perSecond(edge.requestsPerSecond)}</td>
                <td className={`number ${edge.errorRate >= 0.01 ? 'tone-bad' : ''}`}>{percent(edge.errorRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function EdgeDetails({ edge, nodes }: { edge: TrafficEdge; nodes: readonly GraphNode[] }) {
  const { t } = useTranslation();
  const codes = Object.entries(edge.codes).sort(([, a], [, b]) => b - a);
  const target = nodes.find((node) => node.id === edge.target);
  const slowest = Math.max(edge.p99 ?? 0, 1);
  return (
    <>
      <p className="chips">
        <Chip tone={TONES[healthOf(edge)]}>{t(`edge.${healthOf(edge)}`)}</Chip>
        <Chip tone={edge.mtls === 'all' ? 'ok' : edge.mtls === 'unknown' ? 'quiet' : 'warn'} plain>
          <Icon name={edge.mtls === 'all' ? 'lock' : edge.mtls === 'some' ? 'halfLock' : 'unlocked'} size={13} /> {t(`mtls.${edge.mtls}`)}
        </Chip>
      </p>
      <dl className="facts">
        {edge.service ? (
          <>
            <dt>{t('column.service')}</dt>
            <dd className="break">
              {target?.namespace ? (
                <Link to="/services/$namespace/$name" params={{ namespace: target.namespace, name: firstLabel(edge.service) }}>
                  {edge.service}
                </Link>
              ) : (
                edge.service
              )}
            </dd>
          </>
        ) : null}
        <dt>{t('column.protocol')}</dt>
        <dd>{edge.protocol}</dd>
        <dt>{t('column.requests')}</dt>
        <dd>
          {perSecond(edge.requestsPerSecond)} <span className="muted">({compact(edge.requests)})</span>
        </dd>
        <dt>{t('column.errors')}</dt>
        <dd>{percent(edge.errorRate)}</dd>
        <dt>{t('traffic.bytes')}</dt>
        <dd>
          ↑ {bytesPerSecond(edge.bytesSentPerSecond)} · ↓ {bytesPerSecond(edge.bytesReceivedPerSecond)}
        </dd>
      </dl>
      <section>
        <h3>{t('traffic.latency')}</h3>
        {edge.p50 === null ? (
          <p className="muted small">{t('traffic.noLatency')}</p>
        ) : (
          <ul className="measures">
            {(['p50', 'p95', 'p99'] as const).map((which) => (
              <li key={which}>
                <span>{which}</span>
                <span className="measure-bar" aria-hidden="true">
                  <span style={{ width: `${(100 * (edge[which] ?? 0)) / slowest}%` }} />
                </span>
                <span className="number">{milliseconds(edge[which])}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>{t('traffic.codes')}</h3>
        {codes.length === 0 ? (
          <p className="muted small">{t('traffic.noCodes')}</p>
        ) : (
          <table className="table">
            <tbody>
              {codes.map(([code, count]) => (
                <tr key={code}>
                  <th scope="row">
                    <Chip tone={code.startsWith('5') || code === '0' ? 'bad' : code.startsWith('4') ? 'warn' : 'ok'}>{code}</Chip>
                  </th>
                  <td className="number">{compact(count)}</td>
                  <td className="number">{percent(edge.requests === 0 ? 0 : count / edge.requests)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
