import type { TrafficEdge } from '#portal';
import type { Counted } from '../../api/graph';

/** Several calls as one: rates add up, the share of errors is weighted, the slowest p95 stands for all. */
export interface Traffic {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly errorRate: number;
  readonly p95: number | null;
}

export function sum(edges: readonly TrafficEdge[]): Traffic {
  const requests = edges.reduce((all, edge) => all + edge.requests, 0);
  const requestsPerSecond = edges.reduce((all, edge) => all + edge.requestsPerSecond, 0);
  const errors = edges.reduce((all, edge) => all + edge.requests * edge.errorRate, 0);
  const times = edges.map((edge) => edge.p95).filter((time) => time !== null);
  return { requests, requestsPerSecond, errorRate: requests === 0 ? 0 : errors / requests, p95: times.length ? Math.max(...times) : null };
}

/** What comes to a service; nothing when nothing is known of it. */
export function trafficTo(hostname: string, graph: Counted | undefined): Traffic | undefined {
  const edges = graph?.edges.filter((edge) => edge.service === hostname) ?? [];
  return edges.length === 0 ? undefined : sum(edges);
}

/** What comes to each version of a service. */
export function trafficByVersion(hostname: string, graph: Counted | undefined): Map<string, Traffic> {
  const versions = new Map<string, TrafficEdge[]>();
  const nodes = new Map(graph?.nodes.map((node) => [node.id, node]));
  for (const edge of graph?.edges ?? []) {
    const version = nodes.get(edge.target)?.version;
    if (edge.service !== hostname || !version) continue;
    versions.set(version, [...(versions.get(version) ?? []), edge]);
  }
  return new Map([...versions].map(([version, edges]) => [version, sum(edges)]));
}
