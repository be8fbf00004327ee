import type { GraphNode } from '#portal';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cubic curve from the edge of one box to that of another. */
export interface Curve {
  readonly from: Point;
  readonly bend1: Point;
  readonly bend2: Point;
  readonly to: Point;
}

export type Box = Pick<GraphNode, 'x' | 'y' | 'width' | 'height'>;

const HEAD = 7;

/** Layers run from left to right; what runs back goes around below, what calls itself makes a loop. */
export function curveBetween(source: Box, target: Box): Curve {
  const from = { x: source.x + source.width, y: source.y + source.height / 2 };
  const to = { x: target.x - HEAD, y: target.y + target.height / 2 };
  if (source === target) {
    const top = { x: source.x + source.width / 2, y: source.y };
    return {
      from: { x: top.x - 18, y: top.y },
      bend1: { x: top.x - 34, y: top.y - 40 },
      bend2: { x: top.x + 34, y: top.y - 40 },
      to: { x: top.x + 18, y: top.y - HEAD },
    };
  }
  if (to.x > from.x) {
    const reach = Math.max(24, (to.x - from.x) * 0.5);
    return { from, bend1: { x: from.x + reach, y: from.y }, bend2: { x: to.x - reach, y: to.y }, to };
  }
  const below = Math.max(source.y + source.height, target.y + target.height) + 46;
  return { from, bend1: { x: from.x + 70, y: below }, bend2: { x: to.x - 70, y: below }, to };
}

/** A point of the curve; 0 is its beginning, 1 its end. */
export function pointAt({ from, bend1, bend2, to }: Curve, share: number): Point {
  const rest = 1 - share;
  const at = (a: number, b: number, c: number, d: number) =>
    rest ** 3 * a + 3 * rest ** 2 * share * b + 3 * rest * share ** 2 * c + share ** 3 * d;
  return { x: at(from.x, bend1.x, bend2.x, to.x), y: at(from.y, bend1.y, bend2.y, to.y) };
}

export function path({ from, bend1, bend2, to }: Curve): string {
  return `M${from.x} ${from.y}C${bend1.x} ${bend1.y} ${bend2.x} ${bend2.y} ${to.x} ${to.y}`;
}

const SAMPLES = 24;

/** How far a point is from the curve, nearly. */
export function distance(curve: Curve, point: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at <= SAMPLES; at++) {
    const on = pointAt(curve, at / SAMPLES);
    least = Math.min(least, Math.hypot(on.x - point.x, on.y - point.y));
  }
  return least;
}

/** Where the arrow keys lead from a node: along an edge, or to the next node above or below. */
export function neighbour(
  id: string,
  key: 'ArrowRight' | 'ArrowLeft' | 'ArrowUp' | 'ArrowDown',
  nodes: readonly GraphNode[],
  edges: readonly { readonly source: string; readonly target: string }[],
): string | undefined {
  const here = nodes.find((node) => node.id === id);
  if (!here) return nodes[0]?.id;
  const nearest = (found: readonly GraphNode[], measure: (node: GraphNode) => number) =>
    [...found].sort((a, b) => measure(a) - measure(b) || a.id.localeCompare(b.id))[0]?.id;
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const along = edges
      .filter((edge) => (key === 'ArrowRight' ? edge.source : edge.target) === id)
      .map((edge) => (key === 'ArrowRight' ? edge.target : edge.source));
    return nearest(nodes.filter((node) => node.id !== id && along.includes(node.id)), (node) => Math.abs(node.y - here.y));
  }
  const side = key === 'ArrowDown' ? 1 : -1;
  // Above and below come before left and right: a step aside costs three times its way.
  return nearest(
    nodes.filter((node) => (node.y - here.y) * side > 1),
    (node) => Math.abs(node.y - here.y) + 3 * Math.abs(node.x - here.x),
  );
}
