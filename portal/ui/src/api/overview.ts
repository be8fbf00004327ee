import { queryOptions } from '@tanstack/react-query';
import { call } from './http';

/** How far a backend's part of an answer can be trusted. */
export interface Source {
  readonly name: string;
  readonly state: 'up' | 'away' | 'unset';
  readonly since: string | null;
  readonly asOf: string | null;
  readonly message: string | null;
}

export interface SidecarStanding {
  readonly revision: string;
  readonly total: number;
  readonly inForce: number;
  readonly lagging: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly revision: string;
    readonly since: string | null;
    readonly refused: string | null;
  }[];
}

export interface CertificateStanding {
  readonly total: number;
  readonly expiringSoon: readonly { readonly identity: string; readonly serial: string; readonly endsAt: string }[];
  readonly nextExpiryAt: string | null;
}

/** The mesh in one look. A part is null while the backend that knows it does not answer. */
export interface Overview {
  readonly asOf: string;
  readonly services: { readonly total: number; readonly outside: number; readonly withoutEndpoint: readonly string[] } | null;
  readonly workloads: {
    readonly total: number;
    readonly healthy: number;
    readonly unhealthy: readonly { readonly namespace: string; readonly name: string; readonly message: string }[];
  } | null;
  readonly sidecars: SidecarStanding | null;
  readonly certificates: CertificateStanding | null;
  readonly traffic: {
    readonly requestsPerSecond: number;
    readonly errorRate: number;
    readonly encryptedShare: number | null;
    readonly worst: readonly { readonly service: string; readonly requestsPerSecond: number; readonly errorRate: number }[];
    readonly dropped: number;
  } | null;
  readonly sources: readonly Source[];
}

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => call<Overview>('/api/v1/overview', { signal }),
  refetchInterval: 5_000,
});
