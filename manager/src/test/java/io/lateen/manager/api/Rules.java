package io.lateen.manager.api;

/** Small resources for tests. */
final class Rules {
    static final String PATH = "/apis/networking.istio.io/v1/namespaces/default/virtualservices";
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";

    private Rules() {}

    /** A VirtualService in YAML that sends all to a subset of its host. */
    static String virtualService(String name, String subset) {
        return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: %s
        spec:
          hosts: [%s]
          http:
          - route:
            - destination: {host: %s, subset: %s}
        """
                .formatted(name, name, name, subset);
    }
}
