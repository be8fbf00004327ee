import type { Resource } from '../api/kubernetes';
import type { MeshService } from '../api/mesh';

/* Which rules route to a service, read from the rules as they are. */

interface Destination {
  readonly host: string;
  readonly subset?: string;
}

export interface HttpRoute {
  readonly name?: string;
  readonly match?: readonly Record<string, unknown>[];
  readonly route?: readonly { readonly destination: Destination; readonly weight?: number }[];
}

interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRoute[];
}

interface Subset {
  readonly name: string;
  readonly labels?: Record<string, string>;
}

/** Whether a host, as written in a rule of a namespace, means this service. */
export function means(host: string, namespace: string, service: Pick<MeshService, 'hostname' | 'name' | 'namespace'>): boolean {
  if (host === service.hostname) return true;
  if (!host.includes('.')) return host === service.name && namespace === service.namespace;
  return [`${service.name}.${service.namespace}`, `${service.name}.${service.namespace}.svc`].includes(host);
}

const namespaceOf = (resource: Resource): string => resource.metadata.namespace ?? 'default';
const specOf = (resource: Resource): VirtualServiceSpec => (resource.spec ?? {}) as VirtualServiceSpec;

/** The VirtualService by which calls inside the mesh reach the service. */
export function virtualServiceOf(service: MeshService, all: readonly Resource[]): Resource | undefined {
  return all.find((resource) => {
    const { hosts = [], gateways } = specOf(resource);
    const inMesh = gateways === undefined || gateways.length === 0 || gateways.includes('mesh');
    return inMesh && hosts.some((host) => means(host, namespaceOf(resource), service));
  });
}

/** The DestinationRule of the service. */
export function destinationRuleOf(service: MeshService, all: readonly Resource[]): Resource | undefined {
  return all.find((resource) => means(String(resource.spec?.host ?? ''), namespaceOf(resource), service));
}

export function subsetsOf(rule: Resource | undefined): readonly Subset[] {
  return (rule?.spec?.subsets as readonly Subset[] | undefined) ?? [];
}

/** The subset that is just this version, if the rule has one. */
export function subsetFor(version: string, rule: Resource | undefined): string | undefined {
  return subsetsOf(rule).find((subset) => subset.labels?.version === version && Object.keys(subset.labels).length === 1)?.name;
}

/** A route whose weights can be moved: it sends to this service and nowhere else. */
export interface SplitRoute {
  /** Its place among the HTTP routes. */
  readonly at: number;
  readonly route: HttpRoute;
  /** Whether it takes what no route before it took. */
  readonly everyoneElse: boolean;
}

export function splitRoutes(service: MeshService, rule: Resource | undefined): SplitRoute[] {
  if (!rule) return [];
  return (specOf(rule).http ?? []).flatMap((route, at) => {
    const destinations = route.route ?? [];
    const ours = destinations.length > 0 && destinations.every(({ destination }) => means(destination.host, namespaceOf(rule), service));
    return ours ? [{ at, route, everyoneElse: (route.match ?? []).length === 0 }] : [];
  });
}

/**
 * What share each version gets by a route, in percent. A destination without a subset leaves it to the
 * load balancer, and so does no route at all: then nothing is said (undefined).
 */
export function weightsOf(versions: readonly string[], route: HttpRoute | undefined, rule: Resource | undefined): number[] | undefined {
  const destinations = route?.route ?? [];
  if (destinations.length === 0 || destinations.some(({ destination }) => !destination.subset)) return undefined;
  const alone = destinations.length === 1;
  const subsets = new Map(subsetsOf(rule).map((subset) => [subset.name, subset.labels?.version]));
  return versions.map((version) =>
    destinations
      .filter(({ destination }) => (subsets.get(destination.subset ?? '') ?? destination.subset) === version)
      .reduce((sum, { weight }) => sum + (alone ? 100 : (weight ?? 0)), 0),
  );
}

/** The versions that a service's endpoints carry, in order: v2 before v10. */
export function versionsOf(service: MeshService): string[] {
  const found = new Set(service.endpoints.map((endpoint) => endpoint.labels.version).filter((version) => version !== undefined));
  return [...found].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
