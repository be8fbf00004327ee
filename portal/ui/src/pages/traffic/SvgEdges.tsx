import { ViewportPortal } from '@xyflow/react';
import { healthOf } from '../../api/graph';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { Icon } from '../../parts/Icon';
import { path, pointAt } from './geometry';
import type { DrawnEdge } from './Graph';
import { PATTERNS, widthOf } from './view';

/** Few edges: lines with their figures on them. For the keyboard they are in the nodes' drawers and in the table. */
export function SvgEdges({ edges, onSelect }: { edges: readonly DrawnEdge[]; onSelect: (id: string) => void }) {
  return (
    <ViewportPortal>
      <svg className="edges" aria-hidden="true" focusable="false">
        <defs>
          {(['ok', 'degraded', 'failing', 'idle'] as const).map((health) => (
            <marker key={health} id={`head-${health}`} viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0.800 7 4 0 7.200z" className={`edge-head edge-head-${health}`} />
            </marker>
          ))}
        </defs>
        {edges.map(({ edge, curve, dimmed, selected }) => {
          const health = healthOf(edge);
          return (
            <g key={edge.id} className={`${dimmed ? 'edge-dimmed' : ''} ${selected ? 'edge-selected' : ''}`}>
              <path
                d={path(curve)}
                className={`edge edge-${health}`}
                strokeWidth={widthOf(edge) + (selected ? 1 : 0)}
                strokeDasharray={PATTERNS[health].join(' ')}
                markerEnd={`url(#head-${health})`}
              />
            </g>
          );
        })}
      </svg>
      {edges.map(({ edge, curve, dimmed, selected }) => {
        const at = pointAt(curve, 0.5);
        const health = healthOf(edge);
        return (
          <button
            key={edge.id}
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            className={`edge-label ${dimmed ? 'edge-dimmed' : ''} ${selected ? 'edge-label-selected' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
            onClick={() => onSelect(edge.id)}
          >
            <Icon name={edge.mtls === 'all' ? 'lock' : edge.mtls === 'some' ? 'halfLock' : 'unlocked'} size={11} className={`lock-${edge.mtls}`} />
            <span>{perSecond(edge.requestsPerSecond)}</span>
            {health === 'degraded' || health === 'failing' ? <span className="tone-bad">{percent(edge.errorRate)}</span> : null}
            {edge.p95 === null ? null : <span className="edge-time">{milliseconds(edge.p95)}</span>}
          </button>
        );
      })}
    </ViewportPortal>
  );
}
