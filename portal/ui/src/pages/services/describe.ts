import type { TFunction } from 'i18next';
import type { SplitRoute } from '../../rules/routing';

type Match = Record<string, Record<string, unknown> | string>;

function one([field, value]: [string, Record<string, unknown> | string]): string {
  if (typeof value !== 'object' || value === null) return `${field} = ${String(value)}`;
  const [how, what] = Object.entries(value)[0] ?? ['', ''];
  if (typeof what === 'object' && what !== null) {
    // headers: { end-user: { exact: jason } }
    return Object.entries(value)
      .map(([key, inner]) => `${key} = ${String(Object.values(inner as Record<string, unknown>)[0] ?? '*')}`)
      .join(', ');
  }
  return `${field} ${how} ${String(what)}`;
}

/** For whom a route is, in a line. */
export function describeMatch({ at, route, everyoneElse }: SplitRoute, t: TFunction): string {
  if (everyoneElse) return t('split.everyoneElse');
  const matches = (route.match ?? []).map((match) => Object.entries(match as Match).map(one).join(', '));
  return `${at + 1}. ${route.name ? `${route.name}: ` : ''}${matches.join(' | ')}`;
}
