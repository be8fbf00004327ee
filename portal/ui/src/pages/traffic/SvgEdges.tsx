import { ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { healthOf } from '../../api/graph';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { Icon } from '../../parts/Icon';
import { type Box, path, pointAt } from './geometry';
import type { DrawnEdge } from './Graph';
import { labelWidth, placeLabels, type Spot } from './labels';
import { PATTERNS, widthOf } from './view';

const MIDDLE: Spot = { share: 0.5, aside: 0 };

/** What a label says. */
function textsOf({ edge }: DrawnEdge) {
  const health = healthOf(edge);
  return {
    rate: perSecond(edge.requestsPerSecond),
    errors: health === 'degraded' || health === 'failing' ? percent(edge.errorRate) : null,
    time: edge.p95 === null ? null : milliseconds(edge.p95),
  };
}

/** Where the labels are; each stays where it is while there is room. */
function useSpots(edges: readonly DrawnEdge[], nodes: readonly Box[]): ReadonlyMap<string, Spot> {
  const before = useRef<ReadonlyMap<string, Spot>>(new Map());
  const spots = useMemo(() => {
    const labels = edges.map((each) => ({
      id: each.edge.id,
      curve: each.curve,
      width: labelWidth(Object.values(textsOf(each)).filter((text) => text !== null)),
    }));
    return placeLabels(labels, nodes, before.current);
  }, [edges, nodes]);
  useEffect(() => {
    before.current = spots;
  }, [spots]);
  return spots;
}

/** Few edges: lines with their figures on them. For the keyboard they are in the nodes' drawers and in the table. */
export function SvgEdges({ edges, nodes, onSelect }: { edges: readonly DrawnEdge[]; nodes: readonly Box[]; onSelect: (id: string) => void }) {
  const spots = useSpots(edges, nodes);
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
      {edges.map((drawn) => {
        const { edge, curve, dimmed, selected } = drawn;
        // Without room a label is shown while its line is chosen, above everything.
        const spot = spots.get(edge.id) ?? (selected ? MIDDLE : undefined);
        if (!spot) return null;
        const at = pointAt(curve, spot.share);
        const { rate, errors, time } = textsOf(drawn);
        return (
          <button
            key={edge.id}
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            className={`edge-label ${dimmed ? 'edge-dimmed' : ''} ${selected ? 'edge-label-selected' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y + spot.aside}px)` }}
            onClick={() => onSelect(edge.id)}
          >
            <Icon name={edge.mtls === 'all' ? 'lock' : edge.mtls === 'some' ? 'halfLock' : 'unlocked'} size={11} className={`lock-${edge.mtls}`} />
            <span>{rate}</span>
            {errors ? <span className="tone-bad">{errors}</span> : null}
            {time ? <span className="edge-time">{time}</span> : null}
          </button>
        );
      })}
    </ViewportPortal>
  );
}
