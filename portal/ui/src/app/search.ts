import { WINDOWS, type Window } from '../api/graph';

/*
 * What a page's URL may say. Each function takes whatever stands there and gives what the page can use;
 * what it does not know is dropped, what is usual is left out. So parse(serialize(state)) = state.
 */

type Raw = Record<string, unknown>;

const LONGEST_URL = 2_000;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : typeof value === 'number' ? String(value) : undefined;

function oneOf<T extends string>(value: unknown, values: readonly T[], usual: T): T | undefined {
  const found = values.find((each) => each === value);
  return found === usual ? undefined : found;
}

/** Leaves out what is not there, so that the URL stays short. */
function given<T extends object>(state: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export interface LoginSearch {
  readonly next?: string;
  readonly ended?: true;
}

/** After signing in one goes on to a page of ours, never elsewhere; `ended` says that there was a session before. */
export function loginSearch(raw: Raw): LoginSearch {
  const next = typeof raw.next === 'string' && raw.next.length <= LONGEST_URL ? raw.next : undefined;
  return given({
    next: next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : undefined,
    ended: raw.ended === true ? (true as const) : undefined,
  });
}

export const VIEWS = ['graph', 'table'] as const;

export interface TrafficSearch {
  readonly window?: Window;
  readonly namespace?: string;
  readonly find?: string;
  readonly view?: 'graph' | 'table';
  readonly focus?: string;
  readonly selected?: string;
}

export function trafficSearch(raw: Raw): TrafficSearch {
  return given({
    window: oneOf(raw.window, WINDOWS, '5m'),
    namespace: text(raw.namespace),
    find: text(raw.find),
    view: oneOf(raw.view, VIEWS, 'graph'),
    focus: text(raw.focus),
    selected: text(raw.selected),
  });
}

export interface ListSearch {
  readonly find?: string;
  readonly namespace?: string;
  readonly kind?: string;
}

export function listSearch(raw: Raw): ListSearch {
  return given({ find: text(raw.find), namespace: text(raw.namespace), kind: text(raw.kind) });
}

export const TABS = ['yaml', 'history'] as const;

export interface ObjectSearch {
  readonly tab?: 'yaml' | 'history';
  readonly revision?: number;
}

/** `revision` is a write whose coming into force is watched. */
export function objectSearch(raw: Raw): ObjectSearch {
  const revision = Number(raw.revision);
  return given({
    tab: oneOf(raw.tab, TABS, 'yaml'),
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : undefined,
  });
}

export interface NewSearch {
  readonly kind?: string;
  readonly namespace?: string;
}

export function newSearch(raw: Raw): NewSearch {
  return given({ kind: text(raw.kind), namespace: text(raw.namespace) });
}

export interface ServiceSearch {
  readonly route?: number;
  readonly revision?: number;
}

/** `route` is the place of the HTTP route whose split is shown. */
export function serviceSearch(raw: Raw): ServiceSearch {
  const route = Number(raw.route);
  const revision = Number(raw.revision);
  return given({
    route: raw.route !== undefined && Number.isSafeInteger(route) && route >= 0 ? route : undefined,
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : undefined,
  });
}
