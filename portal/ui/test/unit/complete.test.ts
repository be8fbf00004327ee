import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/api/schema';
import { contextAt, suggest } from '../../src/rules/complete';

const document = JSON.parse(readFileSync('test/fixture/openapi.json', 'utf8')) as { components: { schemas: Record<string, Schema> } };
const schema = Object.values(document.components.schemas)[0]!;

/** What is offered where `|` stands. */
function offered(text: string): string[] {
  return suggest(schema, contextAt(text.replace('|', ''), text.indexOf('|'))).map(({ label }) => label);
}

const head = 'apiVersion: networking.istio.io/v1\nkind: VirtualService\n';

describe('what can be written', () => {
  it('at the top, without what is there', () => {
    expect(offered(`${head}|`)).toEqual(expect.arrayContaining(['metadata', 'spec']));
    expect(offered(`${head}|`)).not.toContain('kind');
  });

  it('in the spec', () => {
    expect(offered(`${head}spec:\n  |`)).toEqual(expect.arrayContaining(['hosts', 'http', 'gateways', 'tcp']));
  });

  it('in an item of a list', () => {
    expect(offered(`${head}spec:\n  http:\n  - |`)).toEqual(expect.arrayContaining(['route', 'match', 'timeout']));
    expect(offered(`${head}spec:\n  http:\n    - timeout: 5s\n      |`)).toEqual(expect.arrayContaining(['route', 'match']));
    expect(offered(`${head}spec:\n  http:\n    - timeout: 5s\n      |`)).not.toContain('timeout');
  });

  it('in a list in a list', () => {
    expect(offered(`${head}spec:\n  http:\n  - route:\n    - destination:\n        |`)).toEqual(expect.arrayContaining(['host', 'subset', 'port']));
    expect(offered(`${head}spec:\n  http:\n  - route:\n    - destination:\n        host: a\n      |`)).toEqual(expect.arrayContaining(['weight', 'headers']));
  });

  it('in a second item, like in the first', () => {
    const text = `${head}spec:\n  http:\n  - match:\n    - uri:\n        exact: /\n    route:\n    - destination:\n        host: a\n  - |`;

    expect(offered(text)).toEqual(expect.arrayContaining(['route', 'match']));
  });

  it('not what stands below in the same place', () => {
    expect(offered(`${head}spec:\n  |\n  hosts:\n  - a\n`)).not.toContain('hosts');
  });

  it('as a value: those that are known', () => {
    expect(offered(`${head}spec:\n  http:\n  - match:\n    - ignoreUriCase: |`)).toEqual(['true', 'false']);
  });

  it('nowhere that the schema does not know', () => {
    expect(offered(`${head}spec:\n  nothing:\n    |`)).toEqual([]);
  });
});
