import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en';
import { zh } from '../../src/i18n/zh-CN';

type Texts = { readonly [key: string]: string | Texts };

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  );
}

const english = new Map(flat(en));
const chinese = new Map(flat(zh as unknown as Texts));
const places = (text: string) => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map((match) => match[1]).sort();

/** Words that are the same in every language. */
const SAME = new Set(['column.p50', 'column.p95', 'column.p99', 'mtls.all']);

describe('the Chinese texts', () => {
  it('are all there, and no other', () => {
    const expected = [...english.keys()].filter((key) => !key.endsWith('_one')).sort();

    expect(expected.length).toBeGreaterThan(250);
    expect([...chinese.keys()].sort()).toEqual(expected);
  });

  it('are Chinese', () => {
    const left = [...chinese].filter(([key, text]) => !SAME.has(key) && !/[\u4e00-\u9fff]/.test(text.replace(/{{.*?}}/g, '')) && /[a-z]/i.test(text.replace(/{{.*?}}/g, '')));

    expect(left).toEqual([]);
  });

  it('have Chinese punctuation', () => {
    const half = [...chinese].filter(([, text]) => /[\u4e00-\u9fff][,:;?!(]|[,;?!)][\u4e00-\u9fff]/.test(text));

    expect(half).toEqual([]);
  });

  it('have the same places for what is filled in', () => {
    const different = [...chinese].filter(([key, text]) => places(text).join() !== places(english.get(key) ?? '').join());

    expect(different).toEqual([]);
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : entry.name.endsWith('.tsx') ? [join(folder, entry.name)] : [],
  );
}

/** Names and symbols that are not translated. */
const NO_TEXT = new Set(['Lateen', 'JSON', 'DOT', '%', 'Ctrl K', '?', '/', '·', '–', '→', '←', '↑', '↓', '(', ')', ':', '']);
const SPOKEN = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label']);

/** Texts in a component that a reader would see and no language file knows. */
function literals(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node)) {
      found.push(...node.text.split(/\s+/).filter((word) => /[a-z]/i.test(word)));
    } else if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((text) => !NO_TEXT.has(text)).map((text) => `${file}: ${text}`);
}

describe('the components', () => {
  // A command line, as one would type it, and the units of a bar's label.
  const KNOWN = /lateen run|curl http|^.*: (lateen|run|--\S+|java|-jar|shop\S*|v1|9080|curl|http:\S+|Ctrl|K)$/;

  it('say nothing but what the language files hold', () => {
    const all = files('src');

    expect(all.length).toBeGreaterThan(30);
    expect(all.flatMap(literals).filter((text) => !KNOWN.test(text))).toEqual([]);
  });
});
