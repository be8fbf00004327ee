import type { paths } from '#portal';
import { call, url } from './http';

/*
 * The portal's own paths, with the types that its description gives them: a path, a parameter or a field
 * that is not there does not compile.
 */

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that answer to a verb. */
type PathOf<V extends Verb> = { [P in keyof paths]: paths[P][V] extends { responses: object } ? P : never }[keyof paths];

type Answers = { readonly content?: unknown };
type Content<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;

/** What comes when it goes well. */
export type Answer<V extends Verb, P extends PathOf<V>> = paths[P][V] extends { responses: infer R }
  ? R extends { 200: Answers }
    ? Content<R[200]>
    : R extends { 201: Answers }
      ? Content<R[201]>
      : undefined
  : never;

type Query<O> = O extends { parameters: { query?: infer Q extends object } } ? { readonly query?: Q } : { readonly query?: undefined };
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { readonly body: B } : { readonly body?: undefined };

export type Asking<V extends Verb, P extends PathOf<V>> = Query<paths[P][V]> & Body<paths[P][V]> & { readonly signal?: AbortSignal };

/** Calls the portal itself. */
export function ask<V extends Verb, P extends PathOf<V>>(verb: V, path: P, { query, ...sending }: Asking<V, P>): Promise<Answer<V, P>> {
  return call(url(path, (query ?? {}) as Record<string, string | number | undefined>), { method: verb.toUpperCase(), ...sending });
}
