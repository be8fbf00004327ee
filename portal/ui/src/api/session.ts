import type { Grant, SessionView } from '#portal';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from './http';
import { ask } from './portal';

/** The ways to sign in here; asked before anybody has. */
export const signInMethodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: ({ signal }) => ask('get', '/api/v1/sign-in-methods', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return (await ask('get', '/api/v1/session', { signal })) ?? null;
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: 30_000,
});

export function signIn(user: string, password: string): Promise<unknown> {
  return ask('post', '/api/v1/session', { body: { user, password } });
}

export function signOut(): Promise<unknown> {
  return ask('delete', '/api/v1/session', {});
}

const WRITERS: readonly Grant['role'][] = ['operator', 'approver', 'admin'];

/** Whether these grants allow writing rules in a namespace; without one, anywhere at all. */
export function mayWrite(grants: readonly Grant[], namespace?: string): boolean {
  return grants.some(
    (grant) =>
      WRITERS.includes(grant.role) &&
      (namespace === undefined || grant.namespaces.includes('*') || grant.namespaces.includes(namespace)),
  );
}

/** Whether the signed-in person may write in a namespace. The servers decide; this only says so beforehand. */
export function useMayWrite(namespace?: string): boolean {
  const { data } = useQuery(sessionQuery);
  return data ? mayWrite(data.grants, namespace) : false;
}

/** Changes one's own password. */
export function changePassword(current: string, wanted: string): Promise<unknown> {
  return ask('put', '/api/v1/session/password', { body: { current, next: wanted } });
}
