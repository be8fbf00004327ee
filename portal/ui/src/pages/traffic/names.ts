import type { GraphNode } from '../../api/graph';

/** `default/reviews-v1` without its namespace. */
export function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What a node is called; those without a workload by what they are. */
export function nameOf(node: GraphNode): string {
  return node.workload ?? node.service ?? shortId(node.id);
}

/** The first label of a host, which is a service's name: `reviews.default.svc.cluster.local`. */
export function firstLabel(host: string): string {
  return host.split('.')[0] ?? host;
}
