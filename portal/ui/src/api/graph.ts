import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, url } from './http';
import type { Source } from './overview';

/** Who talks. Positions are the server's, in a plane whose unit is a pixel at zoom 1. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'workload' | 'outside' | 'unknown' | 'hidden';
  readonly namespace: string | null;
  readonly workload: string | null;
  readonly service: string | null;
  readonly version: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Who calls whom, and how well that goes. Times are milliseconds. */
export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly service: string | null;
  readonly protocol: string;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly errorRate: number;
  readonly codes: Record<string, number>;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly mtls: 'all' | 'some' | 'none' | 'unknown';
  readonly bytesSentPerSecond?: number;
  readonly bytesReceivedPerSecond?: number;
}

export interface TrafficGraph {
  readonly asOf: string;
  readonly window: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly dropped?: number;
  readonly layoutKey: string;
  readonly sources?: readonly Source[];
}

export const WINDOWS = ['1m', '5m', '15m', '1h'] as const;
export type Window = (typeof WINDOWS)[number];

/** The mesh's traffic over a window. */
export const graphQuery = (window: string) =>
  queryOptions({
    queryKey: ['graph', window],
    queryFn: ({ signal }) => call<TrafficGraph>(url('/api/v1/graph', { window }), { signal }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });

/** Lets the server lay the graph out anew, for everybody who sees the same. */
export function tidy(): Promise<unknown> {
  return call('/api/v1/graph/tidy', { method: 'POST' });
}

/**
 * What the mixer counted in the last half minute: the shortest window that still has enough calls to
 * measure a split by, so that it follows a change soon.
 */
export const recentQuery = queryOptions({
  queryKey: ['graph', 'recent'],
  queryFn: ({ signal }) => call<TrafficGraph>(url('/api/mixer/lateen/v1/graph', { window: '30s' }), { signal }),
  refetchInterval: 2_000,
  placeholderData: keepPreviousData,
});

export type Health = 'idle' | 'ok' | 'degraded' | 'failing';

/** From 1 % of errors on a call is degraded, from 10 % on it is failing. */
export function healthOf(edge: Pick<GraphEdge, 'requestsPerSecond' | 'errorRate' | 'protocol'>): Health {
  if (edge.protocol !== 'tcp' && edge.requestsPerSecond === 0) return 'idle';
  if (edge.errorRate >= 0.1) return 'failing';
  return edge.errorRate >= 0.01 ? 'degraded' : 'ok';
}

/** Where the graph can be taken elsewhere. */
export function exportLink(window: string, format: 'dot' | 'json', namespace?: string): string {
  return url('/api/mixer/lateen/v1/graph', { window, namespace, format: format === 'dot' ? 'dot' : undefined });
}
