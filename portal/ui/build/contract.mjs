// Makes target/contract/portal.ts, the types of what the portal's server takes and answers, from the
// description that its own test keeps true: api/openapi.json. Written only when it has changed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const FILE = 'target/contract/portal.ts';

/** The types of a description. */
export async function typesOf(description) {
  const options = { immutable: true, alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true };
  return `// From api/openapi.json by build/contract.mjs.\n${astToString(await openapiTS(description, options))}`;
}

if (process.argv[1]?.endsWith('contract.mjs')) {
  const types = await typesOf(JSON.parse(readFileSync('api/openapi.json', 'utf8')));
  if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) {
    mkdirSync('target/contract', { recursive: true });
    writeFileSync(FILE, types);
  }
}
