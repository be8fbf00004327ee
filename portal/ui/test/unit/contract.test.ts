import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { typesOf } from '../../build/contract.mjs';

const CONTRACT = resolve('target/contract/portal.ts');

/** What the compiler says of the files that talk to the servers, were the description another. */
async function complaints(change: (description: string) => string, files: readonly string[]): Promise<string[]> {
  const types: string = await typesOf(JSON.parse(change(readFileSync('api/openapi.json', 'utf8'))));
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.');
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (name) => (resolve(name) === CONTRACT ? types : read(name));
  const program = ts.createProgram([...files], options, host);
  return files.flatMap((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .map((each) => `${name}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`),
  );
}

it('a change of what the server says does not compile here', { timeout: 60_000 }, async () => {
  const files = ['api/graph.ts', 'api/session.ts', 'pages/traffic/view.ts', 'pages/overview/problems.ts'].map((name) => join('src', name));

  const found = await complaints(
    (description) =>
      description
        .replaceAll('"/api/v1/graph/tidy"', '"/api/v1/graph/arrange"')
        .replaceAll('"next"', '"wanted"')
        .replaceAll('"requestsPerSecond"', '"rate"')
        .replaceAll('"lagging"', '"behind"'),
    files,
  );

  for (const [file, word] of [
    ['api/graph.ts', '/api/v1/graph/tidy'],
    ['api/session.ts', 'next'],
    ['pages/traffic/view.ts', 'requestsPerSecond'],
    ['pages/overview/problems.ts', 'lagging'],
  ] as const) {
    expect(found.filter((each) => each.includes(file) && each.includes(word)), `${file}: ${word} in ${found.join('\n')}`).not.toEqual([]);
  }
});
