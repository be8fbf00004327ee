import { describe, expect, it } from 'vitest';
import { locate, steps } from '../../src/rules/locate';

const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  labels:
    app.kubernetes.io/name: reviews
spec:
  hosts:
  - reviews
  - reviews
  http:
  - rout:
    - destination:
        host: reviews
        port: {number: 99999}
`;

const found = (field: string) => {
  const { from, to } = locate(text, field);
  return text.slice(from, to);
};

it('a field is read in steps', () => {
  expect(steps('spec.http[0].match[1].headers["end.user"].exact')).toEqual(['spec', 'http', 0, 'match', 1, 'headers', 'end.user', 'exact']);
});

describe('a fault is marked', () => {
  it('at an unknown field', () => expect(found('spec.http[0].rout')).toBe('rout'));
  it('at a value, with its name', () => expect(found('spec.http[0].rout[0].destination.port.number')).toBe('number: 99999'));
  it('at an item of a list', () => expect(found('spec.hosts[1]')).toBe('reviews'));
  it('at a key with dots in it', () => expect(found('metadata.labels.app.kubernetes.io/name')).toBe('app.kubernetes.io/name: reviews'));
  it('at what surrounds a field that is missing', () => expect(found('spec.http[0].route')).toBe('rout:\n    - destination:\n        host: reviews\n        port: {number: 99999}\n'));
  it('at the first line when it is about no field', () => expect(found('')).toBe('apiVersion: networking.istio.io/v1'));
});
