package io.lateen.manager.translate;

import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Workload;
import java.util.List;
import java.util.Map;

/** Proxies with names that mean something. */
final class Proxies {

    private Proxies() {}

    /** The sidecar of productpage in {@code default}, which serves HTTP on 9080. */
    static Proxy productpage() {
        return sidecar("productpage", "default", Map.of("app", "productpage", "version", "v1"));
    }

    /** The same in a locality. */
    static Proxy productpageIn(String locality) {
        Proxy anywhere = productpage();
        Workload workload = anywhere.workload();
        return new Proxy(
                anywhere.id(),
                anywhere.type(),
                anywhere.address(),
                new Workload(
                        workload.name(),
                        workload.namespace(),
                        workload.workloadName(),
                        workload.serviceAccount(),
                        workload.labels(),
                        workload.clusterId(),
                        Locality.parse(locality)),
                anywhere.domain(),
                anywhere.servedPorts(),
                anywhere.metadata());
    }

    /** A sidecar whose workload serves one HTTP port of a service of its own name. */
    static Proxy sidecar(String app, String namespace, Map<String, String> labels) {
        return sidecar(
                app,
                namespace,
                labels,
                List.of(
                        new ServedPort(
                                app,
                                namespace,
                                9080,
                                "http",
                                Protocol.HTTP,
                                15006,
                                "127.0.1.1",
                                9080)),
                Map.of("INTERCEPTION_MODE", "NONE"));
    }

    static Proxy sidecar(
            String app,
            String namespace,
            Map<String, String> labels,
            List<ServedPort> served,
            Map<String, String> metadata) {
        return proxy(ProxyType.SIDECAR, app, namespace, labels, served, metadata);
    }

    /**
     * The sidecar of {@code shop} in {@code default}, which has a certificate and serves HTTP on
     * 9080, TCP on 9000 and something on 9090.
     *
     * @param mode how traffic reaches it, {@code NONE} or {@code REDIRECT}
     */
    static Proxy certified(String mode) {
        return sidecar(
                "shop",
                "default",
                Map.of("app", "shop", "version", "v1", Workload.TLS_MODE, "istio"),
                List.of(
                        served(9080, "http", Protocol.HTTP, 15006),
                        served(9000, "tcp", Protocol.TCP, 15007),
                        served(9090, "", Protocol.UNDECLARED, 15008)),
                Map.of("INTERCEPTION_MODE", mode));
    }

    private static ServedPort served(int port, String name, Protocol protocol, int inboundPort) {
        return new ServedPort(
                "shop", "default", port, name, protocol, inboundPort, "127.0.1.1", port);
    }

    /** Istio's ingress gateway. */
    static Proxy ingress() {
        return proxy(
                ProxyType.ROUTER,
                "istio-ingressgateway",
                "istio-system",
                Map.of("app", "istio-ingressgateway", "istio", "ingressgateway"),
                List.of(),
                Map.of());
    }

    /** A gRPC client without a sidecar. */
    static Proxy grpcClient() {
        return proxy(
                ProxyType.SIDECAR,
                "client",
                "default",
                Map.of("app", "client"),
                List.of(),
                Map.of("GENERATOR", "grpc"));
    }

    private static Proxy proxy(
            ProxyType type,
            String app,
            String namespace,
            Map<String, String> labels,
            List<ServedPort> served,
            Map<String, String> metadata) {
        String address = "127.0.1.1";
        return new Proxy(
                new NodeId(type, address, app + "-1", namespace, "cluster.local"),
                type,
                address,
                new Workload(
                        app + "-1", namespace, app, app, labels, "Kubernetes", Locality.UNKNOWN),
                "cluster.local",
                served,
                metadata);
    }
}
