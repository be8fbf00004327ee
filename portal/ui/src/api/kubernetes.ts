import { queryOptions } from '@tanstack/react-query';
import { call, url } from './http';

export const MANAGER = '/api/manager';

/** A kind that the manager serves. */
export interface KindType {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
}

/** A resource in Kubernetes' shape. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Record<string, unknown>;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

interface GroupList {
  readonly groups: readonly { readonly name: string; readonly preferredVersion: { readonly version: string } }[];
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
    readonly shortNames?: readonly string[];
  }[];
}

async function kinds(signal: AbortSignal): Promise<KindType[]> {
  const { groups } = await call<GroupList>(`${MANAGER}/apis`, { signal });
  const lists = await Promise.all(
    groups.map(async ({ name, preferredVersion: { version } }) => {
      const { resources } = await call<ResourceList>(`${MANAGER}/apis/${name}/${version}`, { signal });
      return resources
        .filter((each) => each.namespaced && !each.name.includes('/') && each.verbs.includes('list'))
        .map((each) => ({ group: name, version, plural: each.name, kind: each.kind, shortNames: each.shortNames ?? [] }));
    }),
  );
  return lists.flat().sort((a, b) => a.kind.localeCompare(b.kind));
}

/** Every kind that can be listed, by name. */
export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: ({ signal }) => kinds(signal),
  staleTime: 10 * 60_000,
});

export function collectionPath(type: KindType, namespace?: string): string {
  const root = `${MANAGER}/apis/${type.group}/${type.version}`;
  return namespace ? `${root}/namespaces/${encodeURIComponent(namespace)}/${type.plural}` : `${root}/${type.plural}`;
}

export function objectPath(type: KindType, namespace: string, name: string): string {
  return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}

/** Every resource of a kind. The items of a list carry neither kind nor apiVersion: they are put back. */
export const resourcesQuery = (type: KindType) =>
  queryOptions({
    queryKey: ['config', 'list', type.group, type.plural],
    queryFn: async ({ signal }): Promise<Resource[]> => {
      const list = await call<{ items: Resource[] }>(collectionPath(type), { signal });
      return list.items.map((item) => ({ ...item, kind: type.kind, apiVersion: `${type.group}/${type.version}` }));
    },
  });

export const resourceQuery = (type: KindType, namespace: string, name: string) =>
  queryOptions({
    queryKey: ['config', 'object', type.group, type.plural, namespace, name],
    queryFn: ({ signal }) => call<Resource>(objectPath(type, namespace, name), { signal }),
  });

/** Writes a resource, or only tries it. */
export function write(type: KindType, object: Resource, how: { create: boolean; dryRun: boolean }, signal?: AbortSignal): Promise<Resource> {
  const namespace = object.metadata.namespace ?? 'default';
  const path = how.create ? collectionPath(type, namespace) : objectPath(type, namespace, object.metadata.name);
  const query = { fieldValidation: 'Strict', dryRun: how.dryRun ? 'All' : undefined };
  return call<Resource>(url(path, query), { method: how.create ? 'POST' : 'PUT', body: object, ...(signal ? { signal } : {}) });
}

export function remove(type: KindType, namespace: string, name: string): Promise<unknown> {
  return call(objectPath(type, namespace, name), { method: 'DELETE' });
}

/** What became of the documents of one file. */
export interface Applied {
  readonly revision: number;
  readonly results: readonly { readonly kind: string; readonly namespace: string; readonly name: string; readonly action: string }[];
}

/** Writes several documents at once, all or none. */
export function applyAll(yaml: string, dryRun: boolean): Promise<Applied> {
  return call<Applied>(url(`${MANAGER}/lateen/v1/apply`, { dryRun: dryRun ? 'true' : undefined }), { method: 'POST', yaml });
}

/** How far a write has come: the manager's condition, in numbers. */
export function programmed(resource: Resource): Condition | undefined {
  return resource.status?.conditions?.find((condition) => condition.type === 'Programmed');
}
