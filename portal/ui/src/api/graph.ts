import type { GraphNode, GraphView, TrafficEdge } from '#portal';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, url } from './http';
import { ask } from './portal';

export const WINDOWS = ['1m', '5m', '15m', '1h'] as const;
export type Window = (typeof WINDOWS)[number];

/** The mesh's traffic over a window. */
export const graphQuery = (window: string) =>
  queryOptions({
    queryKey: ['graph', window],
    queryFn: ({ signal }) => ask('get', '/api/v1/graph', { query: { window }, signal }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });

/** Lets the server lay the graph out anew, for everybody who sees the same. */
export function tidy(): Promise<unknown> {
  return ask('post', '/api/v1/graph/tidy', {});
}

/** What the mixer itself tells: it knows no places. */
export interface Counted {
  readonly nodes: readonly Omit<GraphNode, 'x' | 'y' | 'width' | 'height'>[];
  readonly edges: GraphView['edges'];
}

/**
 * What the mixer counted in the last half minute: the shortest window that still has enough calls to
 * measure a split by, so that it follows a change soon.
 */
export const recentQuery = queryOptions({
  queryKey: ['graph', 'recent'],
  queryFn: ({ signal }) => call<Counted>(url('/api/mixer/lateen/v1/graph', { window: '30s' }), { signal }),
  refetchInterval: 2_000,
  placeholderData: keepPreviousData,
});

export type Health = 'idle' | 'ok' | 'degraded' | 'failing';

/** From 1 % of errors on a call is degraded, from 10 % on it is failing. */
export function healthOf(edge: Pick<TrafficEdge, 'requestsPerSecond' | 'errorRate' | 'protocol'>): Health {
  if (edge.protocol !== 'tcp' && edge.requestsPerSecond === 0) return 'idle';
  if (edge.errorRate >= 0.1) return 'failing';
  return edge.errorRate >= 0.01 ? 'degraded' : 'ok';
}

/** Where the graph can be taken elsewhere. */
export function exportLink(window: string, format: 'dot' | 'json', namespace?: string): string {
  return url('/api/mixer/lateen/v1/graph', { window, namespace, format: format === 'dot' ? 'dot' : undefined });
}
