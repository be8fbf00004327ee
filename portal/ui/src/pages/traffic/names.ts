import type { GraphNode } from '#portal';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** `default/reviews-v1` without its namespace. */
export function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What a node is called; those without a workload by what they are. */
export function nameOf(node: GraphNode): string {
  return node.workload ?? (node.service ? firstLabel(node.service) : shortId(node.id));
}

/** The first label of a host, which is a service's name: `reviews.default.svc.cluster.local`. */
export function firstLabel(host: string): string {
  return host.split('.')[0] ?? host;
}

/** What is not a workload: somebody outside, a client without a sidecar, or a service of which none answered. */
export function kindOf(node: GraphNode): GraphNode['kind'] | 'called' {
  return node.kind === 'unknown' && node.service ? 'called' : node.kind;
}

/** How nodes are called in the page's language, by their ids. */
export function useNames(nodes: readonly GraphNode[]): (id: string) => string {
  const { t } = useTranslation();
  return useMemo(() => {
    const names = new Map(
      nodes.map((node) => [node.id, node.workload === null && node.service === null && node.kind !== 'outside' ? t(`node.${kindOf(node)}`) : nameOf(node)]),
    );
    return (id) => names.get(id) ?? shortId(id);
  }, [nodes, t]);
}
