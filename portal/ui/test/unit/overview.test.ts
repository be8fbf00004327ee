import { expect, it } from 'vitest';
import type { Overview } from '#portal';
import { findProblems } from '../../src/pages/overview/problems';
import { compact, milliseconds, percent } from '../../src/i18n/format';

const well: Overview = {
  asOf: '2026-01-01T00:00:00Z',
  services: { total: 1, outside: 0, withoutEndpoint: [] },
  workloads: { total: 1, healthy: 1, unhealthy: [] },
  sidecars: { revision: '7', total: 1, inForce: 1, lagging: [] },
  certificates: { total: 1, expiringSoon: [], nextExpiryAt: null },
  traffic: { requestsPerSecond: 1, errorRate: 0, encryptedShare: 1, worst: [{ service: 'a', requestsPerSecond: 1, errorRate: 0.001 }], dropped: 0 },
  sources: [{ name: 'mixer', state: 'up', since: null, asOf: null, message: null }],
};

it('a mesh that is well has no problem', () => {
  expect(findProblems(well)).toEqual([]);
});

it('every problem is named, the worst first', () => {
  const problems = findProblems({
    ...well,
    services: { total: 1, outside: 0, withoutEndpoint: ['ghost'] },
    sidecars: {
      revision: '7',
      total: 2,
      inForce: 0,
      lagging: [
        { namespace: 'n', name: 'slow', revision: '6', since: null, refused: null },
        { namespace: 'n', name: 'no', revision: '5', since: null, refused: 'outbound|80: expected …' },
      ],
    },
    certificates: { total: 1, expiringSoon: [{ identity: 'spiffe://x/ns/n/sa/a', serial: '1', endsAt: '2026-01-01T01:00:00Z' }], nextExpiryAt: null },
    traffic: { ...well.traffic!, worst: [{ service: 'a', requestsPerSecond: 1, errorRate: 0.5 }], dropped: 3 },
    sources: [{ name: 'auth-ca', state: 'away', since: null, asOf: null, message: 'refused' }],
  });

  expect(problems.map(({ what, tone }) => [what, tone])).toEqual([
    ['away', 'bad'],
    ['refused', 'bad'],
    ['errors', 'bad'],
    ['lagging', 'warn'],
    ['expiring', 'warn'],
    ['unserved', 'warn'],
    ['dropped', 'warn'],
  ]);
});

it('a part that was not answered is not judged', () => {
  expect(findProblems({ ...well, sidecars: null, traffic: null, certificates: null, workloads: null, services: null })).toEqual([]);
});

it('numbers keep three digits and their unit', () => {
  expect([compact(0.4213), compact(48.24), compact(31_250), compact(null)]).toEqual(['0.42', '48.2', '31.3 k', '–']);
  expect([compact(0.004), compact(0.005), compact(0), percent(0.994), percent(0.9999), percent(1)]).toEqual(['<0.01', '0.01', '0', '99.4 %', '>99.9 %', '100 %']);
  expect([milliseconds(4.213), milliseconds(1500), percent(0.0004), percent(0.024), percent(0)]).toEqual(['4.21 ms', '1.5 s', '<0.1 %', '2.4 %', '0 %']);
});
