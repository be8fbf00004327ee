import type { GraphNode, GraphView, TrafficEdge } from '#portal';
import { type Health, healthOf } from '../../api/graph';
import { nameOf } from './names';

/** What of the graph is shown, by what the URL says. */
export interface Wanted {
  readonly namespace?: string | undefined;
  readonly focus?: string | undefined;
  readonly find?: string | undefined;
}

export interface View {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly TrafficEdge[];
  /** The nodes that are found; null when nothing is looked for. */
  readonly found: ReadonlySet<string> | null;
}

const ORDER: readonly Health[] = ['idle', 'ok', 'degraded', 'failing'];

export function worst(health: readonly Health[]): Health {
  return health.reduce<Health>((all, each) => (ORDER.indexOf(each) > ORDER.indexOf(all) ? each : all), 'idle');
}

function matches(node: GraphNode, find: string): boolean {
  const word = find.toLowerCase();
  return `${nameOf(node)} ${node.service ?? ''} ${node.namespace ?? ''} ${node.version ?? ''}`.toLowerCase().includes(word);
}

/**
 * With a namespace: its workloads and who talks with them. With a focus: that node and who talks with it.
 * Looking for something dims the rest, so that nothing moves.
 */
export function viewOf({ nodes, edges }: GraphView, { namespace, focus, find }: Wanted): View {
  if (namespace) {
    const inside = new Set(nodes.filter((node) => node.namespace === namespace).map((node) => node.id));
    edges = edges.filter((edge) => inside.has(edge.source) || inside.has(edge.target));
    const around = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    nodes = nodes.filter((node) => inside.has(node.id) || around.has(node.id));
  }
  const centre = focus && nodes.some((node) => node.id === focus) ? focus : undefined;
  const kept = centre ? edges.filter((edge) => edge.source === centre || edge.target === centre) : edges;
  const near = centre ? new Set([centre, ...kept.flatMap((edge) => [edge.source, edge.target])]) : null;
  const shown = near ? nodes.filter((node) => near.has(node.id)) : nodes;
  return {
    nodes: shown,
    edges: kept,
    found: find ? new Set(shown.filter((node) => matches(node, find)).map((node) => node.id)) : null,
  };
}

/** What comes to each node, and how well. */
export function inbound(edges: readonly TrafficEdge[]): Map<string, { rate: number; health: Health }> {
  const found = new Map<string, { rate: number; health: Health }>();
  for (const edge of edges) {
    const before = found.get(edge.target) ?? { rate: 0, health: 'idle' as Health };
    found.set(edge.target, { rate: before.rate + edge.requestsPerSecond, health: worst([before.health, healthOf(edge)]) });
  }
  return found;
}

/** How an edge is drawn: the busier the wider, and each state with a pattern beside its colour. */
export const PATTERNS: Record<Health, readonly number[]> = { idle: [1, 5], ok: [], degraded: [11, 4], failing: [4, 4] };

export function widthOf(edge: TrafficEdge): number {
  return 1.4 + Math.log10(1 + edge.requestsPerSecond) * 1.3;
}
