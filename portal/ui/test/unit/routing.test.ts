import { describe, expect, it } from 'vitest';
import { destinationRuleOf, means, splitRoutes, versionsOf, virtualServiceOf, weightsOf } from '../../src/rules/routing';
import { aResource, aService, subsetsRule } from './fixtures';

const service = aService();
const vs = (spec: Record<string, unknown>, namespace?: string) => aResource('VirtualService', 'x', spec, namespace);

describe('a host', () => {
  it.each([
    ['reviews', 'default', true],
    ['reviews', 'other', false],
    ['reviews.default', 'other', true],
    ['reviews.default.svc', 'other', true],
    ['reviews.default.svc.cluster.local', 'other', true],
    ['reviews.other', 'default', false],
    ['ratings', 'default', false],
  ])('%s in %s means reviews: %s', (host, namespace, expected) => {
    expect(means(host, namespace, service)).toBe(expected);
  });
});

describe('the rules of a service', () => {
  it('are those for calls inside the mesh', () => {
    const atTheGateway = vs({ hosts: ['reviews'], gateways: ['web'] });
    const inside = vs({ hosts: ['reviews'], gateways: ['web', 'mesh'] });

    expect(virtualServiceOf(service, [atTheGateway])).toBeUndefined();
    expect(virtualServiceOf(service, [atTheGateway, inside])).toBe(inside);
    expect(destinationRuleOf(service, [subsetsRule('v1')])?.kind).toBe('DestinationRule');
  });

  it('can be split where a route sends to it alone', () => {
    const rule = vs({
      hosts: ['reviews'],
      http: [
        { match: [{ uri: { prefix: '/a' } }], route: [{ destination: { host: 'reviews', subset: 'v1' } }] },
        { route: [{ destination: { host: 'reviews' } }, { destination: { host: 'ratings' } }] },
        { redirect: { uri: '/' } },
        { route: [{ destination: { host: 'reviews.default.svc.cluster.local', subset: 'v2' } }] },
      ],
    });

    expect(splitRoutes(service, rule).map(({ at, everyoneElse }) => [at, everyoneElse])).toEqual([
      [0, false],
      [3, true],
    ]);
  });
});

describe('the weights of a route', () => {
  const rule = aResource('DestinationRule', 'reviews', {
    host: 'reviews',
    subsets: [
      { name: 'stable', labels: { version: 'v1' } },
      { name: 'v3', labels: { version: 'v3' } },
    ],
  });

  it('are read by the labels of the subsets', () => {
    const route = {
      route: [
        { destination: { host: 'reviews', subset: 'stable' }, weight: 80 },
        { destination: { host: 'reviews', subset: 'v3' }, weight: 20 },
      ],
    };

    expect(weightsOf(versionsOf(service), route, rule)).toEqual([80, 0, 20]);
  });

  it('of a lone destination are all of it', () => {
    expect(weightsOf(['v1', 'v3'], { route: [{ destination: { host: 'reviews', subset: 'v3' } }] }, rule)).toEqual([0, 100]);
  });

  it('are not said where the load balancer chooses', () => {
    expect(weightsOf(['v1'], { route: [{ destination: { host: 'reviews' } }] }, rule)).toBeUndefined();
    expect(weightsOf(['v1'], undefined, rule)).toBeUndefined();
  });
});

it('versions come in the order of their numbers', () => {
  expect(versionsOf(aService('reviews', ['v10', 'v2', 'v1']))).toEqual(['v1', 'v2', 'v10']);
});
