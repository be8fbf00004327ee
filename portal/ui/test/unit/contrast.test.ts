import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/look/tokens.css', 'utf8');

function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXT = 4.5;
const SHAPE = 3;
const GROUNDS = ['ground', 'surface', 'sunken', 'hover'];
const STATES = ['ok', 'warn', 'bad', 'denied', 'accent'];

/** What stands on what, and how well it must be seen. */
const PAIRS: readonly [string, string, number][] = [
  ...GROUNDS.flatMap((ground): [string, string, number][] => [
    ['text', ground, TEXT],
    ['text-2', ground, TEXT],
  ]),
  ...['ground', 'surface', 'sunken'].map((ground): [string, string, number] => ['text-3', ground, TEXT]),
  ...STATES.flatMap((state): [string, string, number][] => [
    [state, 'surface', TEXT],
    [state, 'ground', TEXT],
    [state, `${state}-soft`, TEXT],
    ['text', `${state}-soft`, TEXT],
  ]),
  ['quiet', 'quiet-soft', TEXT],
  ['on-accent', 'accent', TEXT],
  ['text', 'insert', TEXT],
  ['text', 'remove', TEXT],
  ...[1, 2, 3, 4, 5].map((version): [string, string, number] => ['surface', `v-${version}`, TEXT]),
  ['control-line', 'surface', SHAPE],
  ['control-line', 'ground', SHAPE],
  ['focus', 'surface', SHAPE],
  ['focus', 'ground', SHAPE],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colours = tokens(theme);

  it('every colour can be told from what it stands on', () => {
    const poor = PAIRS.map(([front, back, least]) => {
      const one = colours.get(front);
      const other = colours.get(back);
      if (!one || !other) return `${front} on ${back}: found no such token`;
      const found = contrast(one, other);
      return found < least ? `${front} on ${back}: found ${found.toFixed(2)}, expected ${least}` : null;
    }).filter(Boolean);

    expect(poor).toEqual([]);
  });

  it('has the same tokens as the other', () => {
    expect([...colours.keys()].sort()).toEqual([...tokens(theme === 'light' ? 'dark' : 'light').keys()].sort());
  });
});
