import { queryOptions } from '@tanstack/react-query';
import { call, url } from './http';
import { MANAGER, type Resource } from './kubernetes';

/** A service as the manager knows it. */
export interface MeshService {
  readonly hostname: string;
  readonly namespace: string;
  readonly name: string;
  readonly origin: string;
  readonly meshExternal: boolean;
  readonly addresses: readonly string[];
  readonly ports: readonly { readonly number: number; readonly name: string; readonly protocol: string }[];
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  readonly servicePort: number;
  readonly address: string;
  readonly port: number;
  readonly health: string;
  readonly weight: number;
  readonly workload: string;
  readonly name: string;
  readonly labels: Record<string, string>;
}

/** A connected sidecar or gateway. */
export interface MeshProxy {
  readonly node: string;
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly labels: Record<string, string>;
  readonly version: string;
  readonly connectedAt: string;
  readonly leaving: boolean;
  readonly healthy: boolean;
  readonly healthMessage?: string;
  readonly types: Record<string, { readonly status: string; readonly resources: number }>;
  readonly inForceRevision: number;
  readonly lastNack?: { readonly type: string; readonly resource: string; readonly message: string; readonly at: string };
}

/** Where a revision is in force. */
export interface Convergence {
  readonly revision: number;
  readonly committedAt?: string;
  readonly inForce: boolean;
  readonly inForceAfterMillis?: number;
  readonly sidecars: {
    readonly total: number;
    readonly inForce: number;
    readonly lagging: readonly { readonly node: string; readonly inForceRevision: number; readonly reason: string }[];
  };
}

export interface HistoryEntry {
  readonly revision: number;
  readonly at: string;
  readonly actor: string;
  readonly action: 'CREATED' | 'UPDATED' | 'STATUS' | 'DELETED';
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly object: Resource;
}

export const meshServicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: ({ signal }) => call<MeshService[]>(`${MANAGER}/lateen/v1/services`, { signal }),
  refetchInterval: 10_000,
});

export const proxiesQuery = queryOptions({
  queryKey: ['proxies'],
  queryFn: ({ signal }) => call<MeshProxy[]>(`${MANAGER}/lateen/v1/proxies`, { signal }),
  refetchInterval: 10_000,
});

/** Which object a history is asked of; nothing for all of them. */
export interface HistoryOf {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export const historyQuery = (of: HistoryOf, limit: number) =>
  queryOptions({
    queryKey: ['config', 'history', of, limit],
    queryFn: async ({ signal }): Promise<HistoryEntry[]> => {
      const answer = await call<{ items: HistoryEntry[] }>(url(`${MANAGER}/lateen/v1/history`, { ...of, limit }), { signal });
      // The manager writes conditions of its own; a person did not do that.
      return answer.items.filter((entry) => entry.action !== 'STATUS');
    },
  });

/** What became of a rollback: how the object was before and is after; null where there is none. */
export interface RolledBack {
  readonly revision: number;
  readonly before?: Resource | null;
  readonly object?: Resource | null;
}

/**
 * Restores one object to what it was at a revision, or only tries it; refused when the object is another
 * by now than the state that was looked at.
 */
export function rollback(revision: number, dryRun: boolean, seen?: string): Promise<RolledBack> {
  return call(`${MANAGER}/lateen/v1/rollback`, { method: 'POST', body: { revision, dryRun, ...(seen ? { resourceVersion: seen } : {}) } });
}

/** Asks where a revision is in force until it is so everywhere. */
export const convergenceQuery = (revision: number) =>
  queryOptions({
    queryKey: ['convergence', revision],
    queryFn: ({ signal }) => call<Convergence>(`${MANAGER}/lateen/v1/revisions/${revision}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.inForce ? false : 250),
    retry: 5,
    retryDelay: 200,
  });
