import type { KindType } from '../../api/kubernetes';

/** A small valid document of each kind; of an unknown one, its head. */
const SPECS: Record<string, string> = {
  VirtualService: `spec:
  hosts:
  - reviews
  http:
  - route:
    - destination:
        host: reviews
        subset: v1
`,
  DestinationRule: `spec:
  host: reviews
  subsets:
  - name: v1
    labels:
      version: v1
`,
  Gateway: `spec:
  selector:
    istio: ingressgateway
  servers:
  - port:
      number: 8080
      name: http
      protocol: HTTP
    hosts:
    - "*"
`,
  ServiceEntry: `spec:
  hosts:
  - api.example.com
  location: MESH_EXTERNAL
  resolution: DNS
  ports:
  - number: 80
    name: http
    protocol: HTTP
`,
  WorkloadEntry: `spec:
  address: 127.0.0.9
  labels:
    app: reviews
    version: v1
`,
  PeerAuthentication: `spec:
  mtls:
    mode: STRICT
`,
  AuthorizationPolicy: `spec:
  selector:
    matchLabels:
      app: reviews
  action: ALLOW
  rules:
  - from:
    - source:
        namespaces:
        - default
`,
};

const NAMES: Record<string, string> = { ServiceEntry: 'api-example', Gateway: 'web', WorkloadEntry: 'reviews-by-hand', PeerAuthentication: 'default' };

export function templateOf(type: KindType, namespace: string): string {
  return `apiVersion: ${type.group}/${type.version}
kind: ${type.kind}
metadata:
  name: ${NAMES[type.kind] ?? 'reviews'}
  namespace: ${namespace}
${SPECS[type.kind] ?? 'spec: {}\n'}`;
}
