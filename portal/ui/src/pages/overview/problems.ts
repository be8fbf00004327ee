import type { Overview } from '#portal';

/** Something that somebody should look at. */
export type Problem = { readonly id: string; readonly tone: 'bad' | 'warn' } & (
  | { readonly what: 'refused'; readonly name: string; readonly message: string }
  | { readonly what: 'lagging'; readonly name: string; readonly has: string; readonly newest: string }
  | { readonly what: 'unhealthy'; readonly name: string; readonly message: string }
  | { readonly what: 'errors'; readonly service: string; readonly errorRate: number; readonly requestsPerSecond: number }
  | { readonly what: 'expiring'; readonly identity: string; readonly endsAt: string }
  | { readonly what: 'unserved'; readonly service: string }
  | { readonly what: 'dropped'; readonly count: number }
  | { readonly what: 'away'; readonly source: string; readonly since: string | null; readonly message: string | null }
);

const DEGRADED = 0.01;
const FAILING = 0.1;

/** What is wrong with the mesh, the worst first. What could not be asked is not judged, but named. */
export function findProblems(overview: Overview): Problem[] {
  const { sources, sidecars, workloads, traffic, certificates, services } = overview;
  const found: Problem[] = [
    ...sources
      .filter(({ state }) => state === 'away')
      .map(({ name, since, message }): Problem => ({ id: `away/${name}`, tone: 'bad', what: 'away', source: name, since, message })),
    ...(sidecars?.lagging ?? []).map(({ namespace, name, revision, refused }): Problem => {
      const id = `${namespace}/${name}`;
      return refused === null
        ? { id: `lagging/${id}`, tone: 'warn', what: 'lagging', name, has: revision, newest: sidecars?.revision ?? '' }
        : { id: `refused/${id}`, tone: 'bad', what: 'refused', name, message: refused };
    }),
    ...(workloads?.unhealthy ?? []).map(
      ({ namespace, name, message }): Problem => ({ id: `unhealthy/${namespace}/${name}`, tone: 'bad', what: 'unhealthy', name, message }),
    ),
    ...(traffic?.worst ?? [])
      .filter(({ errorRate }) => errorRate >= DEGRADED)
      .map((each): Problem => ({ id: `errors/${each.service}`, tone: each.errorRate >= FAILING ? 'bad' : 'warn', what: 'errors', ...each })),
    ...(certificates?.expiringSoon ?? []).map(
      ({ identity, serial, endsAt }): Problem => ({ id: `expiring/${serial}`, tone: 'warn', what: 'expiring', identity, endsAt }),
    ),
    ...(services?.withoutEndpoint ?? []).map((service): Problem => ({ id: `unserved/${service}`, tone: 'warn', what: 'unserved', service })),
    ...(traffic && traffic.dropped > 0 ? [{ id: 'dropped', tone: 'warn', what: 'dropped', count: traffic.dropped } as const] : []),
  ];
  return found.sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'bad' ? -1 : 1));
}
