import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, call } from './http';

export type RoleName = 'viewer' | 'operator' | 'approver' | 'admin';

/** A role in some namespaces; `*` for all. */
export interface Grant {
  readonly role: RoleName;
  readonly namespaces: readonly string[];
}

/** Who is signed in, and until when. */
export interface Session {
  readonly user: string;
  readonly displayName?: string;
  readonly signIn?: 'local' | 'oidc';
  readonly grants: readonly Grant[];
  readonly idleEndsAt?: string;
  readonly endsAt?: string;
  readonly passwordChangeDue?: boolean;
}

/** The ways to sign in here; asked before anybody has. */
export interface SignInMethods {
  readonly local: boolean;
  readonly providers: readonly { readonly name: string; readonly href: string }[];
}

export const signInMethodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: ({ signal }) => call<SignInMethods>('/api/v1/sign-in-methods', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return (await call<Session | undefined>('/api/v1/session', { signal })) ?? null;
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: 30_000,
});

export function signIn(user: string, password: string): Promise<unknown> {
  return call('/api/v1/session', { method: 'POST', body: { user, password } });
}

export function signOut(): Promise<unknown> {
  return call('/api/v1/session', { method: 'DELETE' });
}

const WRITERS: readonly RoleName[] = ['operator', 'approver', 'admin'];

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
  return call('/api/v1/session/password', { method: 'PUT', body: { current, next: wanted } });
}
