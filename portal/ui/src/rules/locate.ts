import { isMap, isScalar, isSeq, type Node, parseDocument, type Range } from 'yaml';

/** Where in a text a field stands. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** `spec.http[0].match["a.b"]` in steps: spec, http, 0, match, a.b. */
export function steps(field: string): (string | number)[] {
  const found: (string | number)[] = [];
  for (const match of field.matchAll(/\[(?:(\d+)|["']?([^\]"']*)["']?)\]|([^.[\]]+)/g)) {
    if (match[1] !== undefined) found.push(Number(match[1]));
    else found.push(match[2] ?? match[3] ?? '');
  }
  return found;
}

/**
 * The place of a field as the manager names it; where the text does not have it (because it is missing,
 * say), that of the nearest thing around it. A key with dots in it, as labels have, is found as well.
 */
export function locate(text: string, field: string): Place {
  const document = parseDocument(text, { prettyErrors: false });
  const path = steps(field);
  let node: unknown = document.contents;
  let place: Place = { from: 0, to: firstLine(text) };
  for (let at = 0; at < path.length; ) {
    const next = step(node, path, at);
    if (!next) break;
    node = next.node;
    place = next.place;
    at += next.taken;
  }
  return place;
}

function step(node: unknown, path: readonly (string | number)[], at: number): { node: unknown; place: Place; taken: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(path[at])] as Node | undefined;
    return item?.range ? { node: item, place: ofRange(item.range), taken: 1 } : undefined;
  }
  if (!isMap(node)) return undefined;
  for (let taken = 1; at + taken <= path.length; taken++) {
    const wanted = path.slice(at, at + taken).join('.');
    const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === wanted);
    if (pair && isScalar(pair.key) && pair.key.range) return { node: pair.value, place: placeOf(pair.key.range, pair.value), taken };
  }
  return undefined;
}

/** A field with a plain value is marked with it, one that holds others by its name. */
function placeOf(key: Range, value: unknown): Place {
  return { from: key[0], to: isScalar(value) && value.range ? Math.max(value.range[1], key[1]) : key[1] };
}

function ofRange(range: Range): Place {
  return { from: range[0], to: Math.max(range[1], range[0]) };
}

function firstLine(text: string): number {
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
}
