import type { Schema } from '../api/schema';

/* What can be written at a place of a YAML text, by a schema. The text may be half written, so the place
   is read from the indentation, as a person reads it. */

/** What stands around the cursor. */
export interface Context {
  /** From the top: a key, or `[]` for an item of a list. */
  readonly path: readonly string[];
  /** What has been typed of the word at the cursor. */
  readonly word: string;
  /** After the colon of this key; a key is being written when there is none. */
  readonly valueOf: string | null;
  /** The keys that stand beside it already. */
  readonly siblings: readonly string[];
}

interface Line {
  readonly indent: number;
  readonly key: string | null;
  readonly items: readonly number[];
}

/** `  - name: x`: how deep its key is, which key, and at which depths items begin. */
function read(line: string): Line | null {
  const text = line.replace(/\s+#.*$/, '');
  if (/^\s*(#.*)?$/.test(text)) return null;
  let at = text.length - text.trimStart().length;
  const items: number[] = [];
  while (/^-(\s|$)/.test(text.slice(at))) {
    items.push(at);
    const rest = text.slice(at + 1);
    at += 1 + (rest.length - rest.trimStart().length);
  }
  const key = /^["']?([\w./-]+)["']?\s*:(\s|$)/.exec(text.slice(at))?.[1] ?? null;
  return { indent: at, key, items };
}

/** What stands around an offset of a text. */
export function contextAt(text: string, offset: number): Context {
  const lines = text.slice(0, offset).split('\n');
  const line = lines.pop() ?? '';
  const value = /^(\s*(?:-\s+)*)([\w./-]+):\s+(\S*)$/.exec(line);
  const here = read(`${line}x`) ?? { indent: line.length, key: null, items: [] };
  const path: string[] = [];
  const siblings: string[] = [];
  let depth = value ? (value[1]?.length ?? 0) : here.indent;
  let items = [...here.items];
  let beside = items.length === 0;
  for (let at = lines.length - 1; at >= 0; at--) {
    const above = read(lines[at] ?? '');
    if (!above) continue;
    while (items.length > 0 && above.indent <= (items[items.length - 1] ?? 0) && above.key !== null) {
      depth = Math.min(depth, items.pop() ?? 0);
      path.unshift('[]');
      beside = false;
      // A list may stand as deep as the key that holds it.
      depth = above.indent === depth ? depth + 1 : depth;
    }
    if (above.indent === depth && above.key && beside) siblings.push(above.key);
    if (above.indent < depth && above.key) {
      path.unshift(above.key);
      depth = above.indent;
      beside = false;
    }
    if (above.items.length > 0 && above.indent === depth) {
      items = [...above.items];
      beside = false;
    }
  }
  items.forEach(() => path.unshift('[]'));
  // Keys below the cursor that belong to the same mapping.
  for (const below of text.slice(offset).split('\n').slice(1)) {
    const found = read(below);
    if (!found) continue;
    if (found.indent < here.indent || found.items.length > 0) break;
    if (found.indent === here.indent && found.key) siblings.push(found.key);
  }
  const word = value ? (value[3] ?? '') : (/[\w./-]*$/.exec(line)?.[0] ?? '');
  return { path, word, valueOf: value ? (value[2] ?? null) : null, siblings };
}

/** The schema at a path. */
export function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  let found: Schema | undefined = schema;
  for (const step of path) {
    if (!found) return undefined;
    if (step === '[]') found = found.items;
    else found = found.properties?.[step] ?? (typeof found.additionalProperties === 'object' ? found.additionalProperties : undefined);
  }
  return found;
}

/** One thing that can be written here. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  readonly info: string;
  /** What is put in. */
  readonly insert: string;
}

export function suggest(schema: Schema, context: Context): Suggestion[] {
  const place = schemaAt(schema, context.path);
  if (!place) return [];
  if (context.valueOf !== null) {
    const value = place.properties?.[context.valueOf];
    const values = value?.enum ?? (value?.type === 'boolean' ? [true, false] : []);
    return values.map((each) => ({ label: String(each), detail: '', info: value?.description ?? '', insert: String(each) }));
  }
  const required = new Set(place.required ?? []);
  return Object.entries(place.properties ?? {})
    .filter(([key]) => !context.siblings.includes(key))
    .map(([key, each]) => ({
      label: key,
      detail: `${typeName(each)}${required.has(key) ? ' *' : ''}`,
      info: each.description ?? '',
      insert: each.type === 'object' || each.type === 'array' ? `${key}:` : `${key}: `,
    }));
}

function typeName(schema: Schema): string {
  if (schema.enum) return 'enum';
  return schema.type === 'array' ? `${schema.items?.type ?? ''}[]` : (schema.type ?? '');
}
