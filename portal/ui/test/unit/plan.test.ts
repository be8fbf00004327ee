import { describe, expect, it } from 'vitest';
import { parse as read, parseDocument } from 'yaml';
import { file, parse, toYaml, written } from '../../src/rules/document';
import { edited, planSplit } from '../../src/rules/plan';
import { aResource, aService, subsetsRule } from './fixtures';

const VERSIONS = ['v1', 'v2', 'v3'];
const base = { service: aService(), versions: VERSIONS, destinationRule: subsetsRule(...VERSIONS) };

describe('a split', () => {
  it('changes the weights and nothing else', () => {
    const spec = {
      hosts: ['reviews'],
      http: [
        { match: [{ headers: { 'end-user': { exact: 'jason' } } }], route: [{ destination: { host: 'reviews', subset: 'v2' } }] },
        {
          timeout: '5s',
          retries: { attempts: 2 },
          somethingNew: { that: 'nobody knows' },
          route: [
            { destination: { host: 'reviews', subset: 'v1' }, weight: 90, headers: { response: { set: { 'x-v': '1' } } } },
            { destination: { host: 'reviews', subset: 'v3' }, weight: 10 },
          ],
        },
      ],
    };
    const virtualService = aResource('VirtualService', 'reviews', spec);

    const edits = planSplit({ ...base, virtualService, weights: [50, 0, 50], routeAt: 1 });

    const expected = structuredClone(spec) as typeof spec;
    const weights = expected.http[1]?.route as { weight: number }[];
    weights[0]!.weight = 50;
    weights[1]!.weight = 50;
    expect(edits.map(({ kind }) => kind)).toEqual(['VirtualService']);
    expect(read(edits[0]!.after).spec).toEqual(expected);
    const changedLines = edits[0]!.after.split('\n').filter((line, at) => line !== edits[0]!.before.split('\n')[at]);
    expect(changedLines.map((line) => line.trim())).toEqual(['weight: 50', 'weight: 50']);
  });

  it('adds a destination like its siblings for a version that had none', () => {
    const virtualService = aResource('VirtualService', 'reviews', {
      hosts: ['reviews'],
      http: [{ route: [{ destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } } }] }],
    });

    const [edit] = planSplit({ ...base, virtualService, weights: [50, 0, 50], routeAt: 0 });

    expect(read(edit!.after).spec.http[0].route).toEqual([
      { destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } }, weight: 50 },
      { destination: { host: 'reviews', subset: 'v3', port: { number: 9080 } }, weight: 50 },
    ]);
  });

  it('takes the place of a destination that left the choice to the load balancer', () => {
    const virtualService = aResource('VirtualService', 'reviews', {
      hosts: ['reviews'],
      http: [{ route: [{ destination: { host: 'reviews' }, headers: { request: { remove: ['x'] } } }] }],
    });

    const [edit] = planSplit({ ...base, virtualService, weights: [70, 0, 30], routeAt: 0 });

    expect(read(edit!.after).spec.http[0].route).toEqual([
      { destination: { host: 'reviews', subset: 'v1' }, headers: { request: { remove: ['x'] } }, weight: 70 },
      { destination: { host: 'reviews', subset: 'v3' }, headers: { request: { remove: ['x'] } }, weight: 30 },
    ]);
  });

  it('writes both rules when there are none, the subsets first', () => {
    const edits = planSplit({ ...base, destinationRule: undefined, virtualService: undefined, weights: [50, 0, 50], routeAt: undefined });

    expect(edits.map(({ kind, base: from }) => [kind, from])).toEqual([
      ['DestinationRule', undefined],
      ['VirtualService', undefined],
    ]);
    expect(read(edits[0]!.after)).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'reviews', namespace: 'default' },
      spec: { host: 'reviews', subsets: VERSIONS.map((version) => ({ name: version, labels: { version } })) },
    });
    expect(read(edits[1]!.after).spec.http).toEqual([
      {
        route: [
          { destination: { host: 'reviews', subset: 'v1' }, weight: 50 },
          { destination: { host: 'reviews', subset: 'v3' }, weight: 50 },
        ],
      },
    ]);
  });

  it('adds the subset that is missing, under a name that is free', () => {
    const destinationRule = aResource('DestinationRule', 'reviews', {
      host: 'reviews',
      trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
        { name: 'v3', labels: { tier: 'gold' } },
      ],
    });

    const [rule, split] = planSplit({ ...base, destinationRule, virtualService: undefined, weights: [0, 0, 100], routeAt: undefined });

    expect(read(rule!.after).spec.subsets[3]).toEqual({ name: 'v3-2', labels: { version: 'v3' } });
    expect(read(rule!.after).spec.trafficPolicy).toEqual({ loadBalancer: { simple: 'RANDOM' } });
    expect(read(split!.after).spec.http[0].route[0].destination.subset).toBe('v3-2');
  });

  it('puts a route behind those that send elsewhere', () => {
    const virtualService = aResource('VirtualService', 'reviews', {
      hosts: ['reviews'],
      http: [{ match: [{ uri: { prefix: '/old' } }], route: [{ destination: { host: 'legacy' } }] }],
    });

    const [edit] = planSplit({ ...base, virtualService, weights: [100, 0, 0], routeAt: undefined });

    expect(read(edit!.after).spec.http.map((route: { route: { destination: { host: string } }[] }) => route.route[0]!.destination.host)).toEqual([
      'legacy',
      'reviews',
    ]);
  });
});

describe('an edit of a text', () => {
  const text = `# The way in.
apiVersion: networking.istio.io/v1 # the version
kind: VirtualService
metadata:
  name: "reviews"
spec:
  hosts: [reviews]
  http:
    - route:
        # most of it
        - destination: {host: reviews, subset: v1}
          weight: 90
`;

  it('keeps comments, quotes, order and the way lists are indented', () => {
    const after = edited(text, (document) => document.setIn(['spec', 'http', 0, 'route', 0, 'weight'], 100));

    expect(after).toBe(text.replace('weight: 90', 'weight: 100'));
  });

  it('that changes nothing gives the same text', () => {
    expect(edited(text, () => undefined)).toBe(text);
  });
});

describe('a resource as a text', () => {
  const resource = {
    ...aResource('VirtualService', 'reviews', { hosts: ['reviews'] }),
    status: { conditions: [] },
  };

  it('shows what a person wrote and not what the server keeps', () => {
    expect(written(resource)).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'reviews', namespace: 'default' },
      spec: { hosts: ['reviews'] },
    });
  });

  it('is sent back with the state that it was made from', () => {
    const parsed = parse(toYaml(resource), resource);

    expect(parsed.ok && parsed.object.metadata.resourceVersion).toBe('12');
  });

  it('that is no YAML says where', () => {
    const parsed = parse('spec:\n  hosts: [reviews\n');

    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.faults[0]!.from).toBeGreaterThan(0);
  });

  it('that unfolds without end is refused', () => {
    const bomb = `metadata: {}\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n`;

    expect(parse(bomb).ok).toBe(false);
  });

  it('stands in a file with others', () => {
    const text = file([{ text: toYaml(resource), base: resource }, { text: 'kind: Other\n' }]);

    const [first, second] = text.split('---\n');
    expect(parseDocument(first!).getIn(['metadata', 'resourceVersion'])).toBe('12');
    expect(second).toBe('kind: Other\n');
  });
});
