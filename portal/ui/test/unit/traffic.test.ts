import { describe, expect, it } from 'vitest';
import type { GraphNode, GraphView, TrafficEdge } from '#portal';
import { healthOf } from '../../src/api/graph';
import { sum, trafficByVersion } from '../../src/pages/services/traffic';
import { curveBetween, distance, neighbour, pointAt } from '../../src/pages/traffic/geometry';
import { inbound, viewOf } from '../../src/pages/traffic/view';

const node = (id: string, x: number, y: number, namespace = 'default', version: string | null = null): GraphNode => ({
  id,
  kind: 'workload',
  namespace,
  workload: id,
  service: null,
  version,
  x,
  y,
  width: 160,
  height: 50,
});
const edge = (source: string, target: string, more: Partial<TrafficEdge> = {}): TrafficEdge => ({
  id: `${source}>${target}`,
  source,
  target,
  service: 'b.default.svc.cluster.local',
  protocol: 'http',
  requests: 100,
  requestsPerSecond: 1,
  errorRate: 0,
  codes: {},
  p50: 1,
  p95: 2,
  p99: 3,
  mtls: 'all',
  bytesSentPerSecond: 0,
  bytesReceivedPerSecond: 0,
  ...more,
});

const graph: GraphView = {
  asOf: '2026-01-01T00:00:00Z',
  window: '5m',
  layoutKey: 'k',
  dropped: 0,
  missing: null,
  sources: [],
  nodes: [node('a', 0, 100), node('b1', 300, 0, 'default', 'v1'), node('b2', 300, 200, 'default', 'v2'), node('c', 600, 100, 'other')],
  edges: [edge('a', 'b1', { requests: 300 }), edge('a', 'b2', { errorRate: 0.2 }), edge('b1', 'c', { service: 'c' })],
};

describe('the view', () => {
  it('of a focus is that node and who talks with it', () => {
    expect(viewOf(graph, { focus: 'b1' }).nodes.map(({ id }) => id)).toEqual(['a', 'b1', 'c']);
    expect(viewOf(graph, { focus: 'gone' }).nodes).toHaveLength(4);
  });

  it('of a namespace is its nodes and their neighbours', () => {
    expect(viewOf(graph, { namespace: 'other' }).nodes.map(({ id }) => id)).toEqual(['b1', 'c']);
  });

  it('of something looked for dims the rest and moves nothing', () => {
    const { nodes, found } = viewOf(graph, { find: 'B' });

    expect(nodes).toBe(graph.nodes);
    expect([...(found ?? [])]).toEqual(['b1', 'b2']);
  });

  it('knows the worst that comes to a node', () => {
    expect(inbound(graph.edges).get('b2')).toEqual({ rate: 1, health: 'failing' });
  });
});

it('a call is degraded from 1 % of errors on and failing from 10 % on', () => {
  const health = (errorRate: number, requestsPerSecond = 1) => healthOf({ errorRate, requestsPerSecond, protocol: 'http' });

  expect([health(0), health(0.0099), health(0.01), health(0.099), health(0.1), health(0, 0)]).toEqual(['ok', 'ok', 'degraded', 'degraded', 'failing', 'idle']);
});

describe('the arrow keys', () => {
  const go = (from: string, key: 'ArrowRight' | 'ArrowLeft' | 'ArrowUp' | 'ArrowDown') => neighbour(from, key, graph.nodes, graph.edges);

  it('follow the calls', () => {
    expect(go('b1', 'ArrowRight')).toBe('c');
    expect(go('c', 'ArrowLeft')).toBe('b1');
    expect(go('c', 'ArrowRight')).toBeUndefined();
  });

  it('go up and down', () => {
    expect(go('b1', 'ArrowDown')).toBe('b2');
    expect(go('b2', 'ArrowUp')).toBe('b1');
  });

  it('reach every node from any', () => {
    const reached = new Set(['a']);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const id of [...reached]) {
        for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'] as const) {
          const next = go(id, key);
          if (next) reached.add(next);
        }
      }
    }
    expect(reached.size).toBe(graph.nodes.length);
  });
});

describe('a curve', () => {
  it('begins and ends at the boxes', () => {
    const curve = curveBetween(graph.nodes[0]!, graph.nodes[3]!);

    expect(pointAt(curve, 0)).toEqual({ x: 160, y: 125 });
    expect(pointAt(curve, 1)).toEqual({ x: 593, y: 125 });
    expect(distance(curve, pointAt(curve, 0.5))).toBeLessThan(1);
  });
});

describe('the traffic of a service', () => {
  it('is told by version', () => {
    const versions = trafficByVersion('b.default.svc.cluster.local', graph);

    expect([...versions].map(([version, { requests }]) => [version, requests])).toEqual([
      ['v1', 300],
      ['v2', 100],
    ]);
  });

  it('weighs errors by requests', () => {
    expect(sum(graph.edges.slice(0, 2)).errorRate).toBeCloseTo(0.05);
  });
});
