import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { listSearch, loginSearch, newSearch, objectSearch, serviceSearch, trafficSearch } from '../../src/app/search';

const STATES: readonly [string, (raw: Record<string, unknown>) => object, readonly object[]][] = [
  [
    'traffic',
    trafficSearch,
    [
      {},
      { window: '1h', view: 'table', namespace: 'shop', find: 'rev iews & co', selected: 'default/productpage-v1>default/reviews-v3' },
      { focus: 'default/reviews-v1', find: '流量 100%' },
    ],
  ],
  ['list', listSearch, [{}, { find: 'a+b=c', kind: 'VirtualService', namespace: 'default' }]],
  ['object', objectSearch, [{}, { tab: 'history' }, { revision: 42 }]],
  ['service', serviceSearch, [{}, { route: 0 }, { route: 2, revision: 7 }]],
  ['new', newSearch, [{}, { kind: 'Gateway', namespace: 'a' }]],
  ['login', loginSearch, [{}, { next: '/traffic?window=1h' }]],
];

describe.each(STATES)('the URL of %s', (_, validate, states) => {
  it('gives back the state that was written into it', () => {
    for (const state of states) {
      expect(validate(defaultParseSearch(defaultStringifySearch(state as never)))).toEqual(state);
    }
  });

  it('leaves out what it does not know', () => {
    expect(validate({ nonsense: 'x', window: 'never', view: 3, tab: {}, revision: -1, route: 'x' })).toEqual({});
  });
});

describe('after signing in', () => {
  it('one is led to a page of ours, never elsewhere', () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/login']) {
      expect(loginSearch({ next })).toEqual({});
    }
  });
});

it('what is usual is left out', () => {
  expect(trafficSearch({ window: '5m', view: 'graph' })).toEqual({});
  expect(objectSearch({ tab: 'yaml' })).toEqual({});
});

it('a number stays a text where a text is meant', () => {
  expect(listSearch(defaultParseSearch('?find=404'))).toEqual({ find: '404' });
});
