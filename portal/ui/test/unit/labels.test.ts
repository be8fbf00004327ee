import { describe, expect, it } from 'vitest';
import { type Box, curveBetween } from '../../src/pages/traffic/geometry';
import { boxAt, type Label, labelWidth, overlap, placeLabels, type Spot } from '../../src/pages/traffic/labels';

const WIDTH = labelWidth(['0.23/s', '10.4 %', '93.9 ms']);
const NONE: ReadonlyMap<string, Spot> = new Map();

/** Numbers that look random and are the same each time. */
function seeded(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** A layered graph, as the server lays it out: columns of nodes, and calls between any of them. */
function layered(seed: number): { nodes: Box[]; labels: Label[] } {
  const next = seeded(seed);
  const nodes = Array.from({ length: 3 + next(16) }, (_, at) => ({ x: (at % 4) * 324, y: Math.floor(at / 4) * 88 + next(20), width: 164, height: 56 }));
  const labels = Array.from({ length: 2 + next(nodes.length * 2) }, (_, at) => {
    const source = nodes[next(nodes.length)]!;
    const target = nodes[next(nodes.length)]!;
    return { id: `e${at}`, curve: curveBetween(source, target), width: WIDTH - next(40) };
  });
  return { nodes, labels };
}

function boxes(labels: readonly Label[], spots: ReadonlyMap<string, Spot>): Box[] {
  return labels.flatMap((label) => {
    const spot = spots.get(label.id);
    return spot ? [boxAt(label, spot)] : [];
  });
}

function overlaps(all: readonly Box[]): number {
  return all.reduce((count, box, at) => count + all.slice(at + 1).filter((other) => overlap(box, other)).length, 0);
}

describe('labels', () => {
  it('cover no node and no other label, whatever the graph', () => {
    let shown = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { nodes, labels } = layered(seed);

      const found = boxes(labels, placeLabels(labels, nodes, NONE));

      expect(found.filter((box) => nodes.some((node) => overlap(box, node))), `seed ${seed}`).toEqual([]);
      expect(overlaps(found), `seed ${seed}`).toBe(0);
      shown += found.length / labels.length;
    }
    expect(shown / 200, 'the share that is shown').toBeGreaterThan(0.8);
  });

  it('stay where they are when calls come and figures change', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { nodes, labels } = layered(seed);
      const before = placeLabels(labels.slice(1), nodes, NONE);

      const after = placeLabels(labels, nodes, before);

      for (const [id, spot] of before) expect(after.get(id), `seed ${seed}`).toEqual(spot);
    }
  });

  it('are all shown for the sample whose versions came late', () => {
    const at = (x: number, y: number, width: number): Box => ({ x, y, width, height: 56 });
    const ingress = at(0, 120, 210);
    const page = at(370, 120, 164);
    const [details, v1, v2, v3] = [at(694, 0, 140), at(694, 88, 140), at(694, 176, 140), at(694, 264, 140)] as const;
    const ratings = at(994, 176, 140);
    const calls = [[ingress, page], [page, details], [page, v1], [page, v2], [page, v3], [v2, ratings], [v3, ratings]] as const;
    const labels = calls.map(([source, target], id) => ({ id: String(id), curve: curveBetween(source, target), width: WIDTH }));

    expect(placeLabels(labels, [ingress, page, details, v1, v2, v3, ratings], NONE).size).toBe(labels.length);
  });
});
