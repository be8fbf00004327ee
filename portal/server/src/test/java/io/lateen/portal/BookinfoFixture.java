package io.lateen.portal;

/**
 * What the backends say of a small mesh: productpage calls reviews, whose versions call ratings.
 */
public final class BookinfoFixture {
    private BookinfoFixture() {}

    /** Has the shared backends tell of it. */
    public static void tell() {
        SharedPortal.MANAGER
                .answers("/lateen/v1/proxies", PROXIES)
                .answers("/lateen/v1/services", SERVICES)
                .answers("/lateen/v1/history", HISTORY)
                .answers("/apis/networking.istio.io/v1/virtualservices", VIRTUAL_SERVICES)
                .answers("/apis/networking.istio.io/v1/destinationrules", DESTINATION_RULES);
        SharedPortal.MIXER.answers("/lateen/v1/graph", graph(72));
        SharedPortal.AUTH_CA.answers("/lateen/v1/certificates", certificates());
    }

    /** The graph, with so many requests from productpage to reviews v1. */
    public static String graph(int requests) {
        return """
               {"asOf":"2026-11-24T12:00:00Z","window":"5m","dropped":3,"overflowed":0,
                "nodes":[
                 {"id":"default/productpage-v1","kind":"workload","namespace":"default","workload":"productpage-v1","service":"productpage","version":"v1"},
                 {"id":"default/reviews-v1","kind":"workload","namespace":"default","workload":"reviews-v1","service":"reviews","version":"v1"},
                 {"id":"default/reviews-v3","kind":"workload","namespace":"default","workload":"reviews-v3","service":"reviews","version":"v3"},
                 {"id":"secret/vault-v1","kind":"workload","namespace":"secret","workload":"vault-v1","service":"vault","version":"v1"},
                 {"id":"secret/keys-v1","kind":"workload","namespace":"secret","workload":"keys-v1","service":"keys","version":"v1"},
                 {"id":"outside/example.com","kind":"outside","namespace":"","workload":"","service":"example.com","version":""}],
                "edges":[
                 {"id":"e1","source":"default/productpage-v1","target":"default/reviews-v1","service":"reviews.default.svc.cluster.local","protocol":"http",
                  "requests":%d,"requestsPerSecond":3.0,"errorRate":0.1,"codes":{"200":65,"503":7},"p50":3.2,"p95":8.0,"p99":12.0,"mtls":"all","bytesSentPerSecond":10,"bytesReceivedPerSecond":20},
                 {"id":"e2","source":"default/productpage-v1","target":"default/reviews-v3","service":"reviews.default.svc.cluster.local","protocol":"http",
                  "requests":24,"requestsPerSecond":1.0,"errorRate":0,"codes":{"200":24},"p50":4.0,"p95":9.0,"p99":20.0,"mtls":"none","bytesSentPerSecond":10,"bytesReceivedPerSecond":20},
                 {"id":"e3-secret/vault-v1","source":"default/reviews-v1","target":"secret/vault-v1","service":"vault.secret.svc.cluster.local","protocol":"http",
                  "requests":5,"requestsPerSecond":0.1,"errorRate":0,"codes":{"200":5},"p50":null,"p95":null,"p99":null,"mtls":"unknown","bytesSentPerSecond":0,"bytesReceivedPerSecond":0},
                 {"id":"e4-secret","source":"secret/vault-v1","target":"secret/keys-v1","service":"keys.secret.svc.cluster.local","protocol":"http",
                  "requests":5,"requestsPerSecond":0.1,"errorRate":0,"codes":{"200":5},"p50":1,"p95":1,"p99":1,"mtls":"all","bytesSentPerSecond":0,"bytesReceivedPerSecond":0},
                 {"id":"e5-secret","source":"secret/vault-v1","target":"outside/example.com","service":"example.com","protocol":"tcp",
                  "requests":5,"requestsPerSecond":0.1,"errorRate":0,"codes":{},"p50":null,"p95":null,"p99":null,"mtls":"none","bytesSentPerSecond":0,"bytesReceivedPerSecond":0}]}
               """
                .formatted(requests);
    }

    private static String certificates() {
        String soon = java.time.Instant.now().plusSeconds(600).toString();
        String later = java.time.Instant.now().plusSeconds(86_400).toString();
        return """
               {"items":[
                {"identity":"spiffe://cluster.local/ns/default/sa/reviews","serial":"01","notAfter":"%1$s"},
                {"identity":"spiffe://cluster.local/ns/default/sa/reviews","serial":"02","notAfter":"%2$s"},
                {"identity":"spiffe://cluster.local/ns/default/sa/productpage","serial":"03","notAfter":"%1$s"},
                {"identity":"spiffe://cluster.local/ns/secret/sa/vault","serial":"04","notAfter":"%1$s"}]}
               """
                .formatted(soon, later);
    }

    private static final String PROXIES =
            """
            [{"node":"sidecar~1","name":"reviews-v1-1","namespace":"default","workload":"reviews-v1","healthy":true,"leaving":false,
              "types":{"CDS":{"status":"SYNCED"},"LDS":{"status":"SYNCED"}},"inForceRevision":41,"inForceAt":"2026-11-24T11:59:00Z"},
             {"node":"sidecar~2","name":"reviews-v3-1","namespace":"default","workload":"reviews-v3","healthy":false,"healthMessage":"no answer on 9080","leaving":false,
              "types":{"CDS":{"status":"SYNCED"},"LDS":{"status":"NACKED"}},"inForceRevision":40,"inForceAt":"2026-11-24T11:58:00Z",
              "lastNack":{"type":"LDS","resource":"x","message":"x: found 1, expected 2","at":"2026-11-24T11:59:30Z"}},
             {"node":"sidecar~3","name":"vault-1","namespace":"secret","workload":"vault-v1","healthy":true,"leaving":false,
              "types":{"CDS":{"status":"STALE"}},"inForceRevision":40,"inForceAt":"2026-11-24T11:58:00Z"}]
            """;

    private static final String SERVICES =
            """
            [{"hostname":"reviews.default.svc.cluster.local","namespace":"default","name":"reviews","meshExternal":false,
              "ports":[{"number":9080,"name":"http","protocol":"HTTP"}],
              "endpoints":[{"servicePort":9080,"health":"HEALTHY","workload":"reviews-v1","name":"reviews-v1-1","labels":{"version":"v1"}},
                           {"servicePort":9080,"health":"UNHEALTHY","workload":"reviews-v3","name":"reviews-v3-1","labels":{"version":"v3"}}]},
             {"hostname":"ratings.default.svc.cluster.local","namespace":"default","name":"ratings","meshExternal":false,
              "ports":[{"number":9080,"name":"http","protocol":"HTTP"}],"endpoints":[]},
             {"hostname":"example.com","namespace":"default","name":"example.com","meshExternal":true,
              "ports":[{"number":443,"name":"tls","protocol":"TLS"}],"endpoints":[]},
             {"hostname":"vault.secret.svc.cluster.local","namespace":"secret","name":"vault","meshExternal":false,"ports":[],"endpoints":[]}]
            """;

    private static final String HISTORY =
            """
            {"items":[
             {"revision":42,"at":"2026-11-24T11:59:01Z","actor":"manager","action":"STATUS","kind":"VirtualService","namespace":"default","name":"reviews"},
             {"revision":41,"at":"2026-11-24T11:59:00Z","actor":"alice","action":"UPDATED","kind":"VirtualService","namespace":"default","name":"reviews"}]}
            """;

    private static final String VIRTUAL_SERVICES =
            """
            {"items":[
             {"metadata":{"namespace":"default","name":"page"},"spec":{"hosts":["*"],"gateways":["gateway"],"http":[{"route":[{"destination":{"host":"productpage"}}]}]}},
             {"metadata":{"namespace":"default","name":"reviews"},"spec":{"hosts":["reviews"],"http":[
              {"match":[{"headers":{"end-user":{"exact":"jason"}}}],"route":[{"destination":{"host":"reviews","subset":"v2"}}]},
              {"route":[{"destination":{"host":"reviews","subset":"v1"},"weight":75},{"destination":{"host":"reviews","subset":"red"},"weight":25}]}]}}]}
            """;

    private static final String DESTINATION_RULES =
            """
            {"items":[{"metadata":{"namespace":"default","name":"reviews"},"spec":{"host":"reviews","subsets":[
              {"name":"v1","labels":{"version":"v1"}},{"name":"red","labels":{"version":"v3"}}]}}]}
            """;
}
