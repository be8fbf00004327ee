import type { Resource } from '../../src/api/kubernetes';
import type { MeshService } from '../../src/api/mesh';

export function aService(name = 'reviews', versions: readonly string[] = ['v1', 'v2', 'v3']): MeshService {
  return {
    hostname: `${name}.default.svc.cluster.local`,
    namespace: 'default',
    name,
    origin: 'sidecar',
    meshExternal: false,
    addresses: [],
    ports: [{ number: 9080, name: 'http', protocol: 'HTTP' }],
    endpoints: versions.map((version) => ({
      servicePort: 9080,
      address: '127.0.0.2',
      port: 15006,
      health: 'HEALTHY',
      weight: 1,
      workload: `${name}-${version}`,
      name: `${name}-${version}`,
      labels: { app: name, version },
    })),
  };
}

export function aResource(kind: string, name: string, spec: Record<string, unknown>, namespace = 'default'): Resource {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace, resourceVersion: '12', generation: 3 }, spec };
}

export const subsetsRule = (...versions: string[]) =>
  aResource('DestinationRule', 'reviews', { host: 'reviews', subsets: versions.map((version) => ({ name: version, labels: { version } })) });
