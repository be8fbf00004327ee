package io.lateen.manager.translate.gateway;

import io.lateen.manager.snapshot.Finding;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers that the Gateways of one router open, by port: the oldest Gateway's first.
 *
 * @param byPort the servers of each port
 * @param findings servers that are left out, and why
 */
public record OpenServers(Map<Integer, List<OpenServer>> byPort, List<Finding> findings) {

    /**
     * A server and where it is written.
     *
     * @param gateway the resource
     * @param server the server
     */
    public record OpenServer(Resource gateway, Gateway.Server server) {}

    /** The servers of the Gateways that select a router by its labels. */
    public static OpenServers of(List<Resource> gateways, Map<String, String> labels) {
        Map<Integer, List<OpenServer>> byPort = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : gateways) {
            Gateway gateway = (Gateway) resource.spec();
            if (!labels.entrySet().containsAll(gateway.selector().entrySet())) {
                continue;
            }
            for (int i = 0; i < gateway.servers().size(); i++) {
                Gateway.Server server = gateway.servers().get(i);
                Optional<String> refusal = refusal(server);
                if (refusal.isPresent()) {
                    findings.add(
                            new Finding(resource.key(), "spec.servers[" + i + "]", refusal.get()));
                } else {
                    byPort.computeIfAbsent(server.port().number(), port -> new ArrayList<>())
                            .add(new OpenServer(resource, server));
                }
            }
        }
        return new OpenServers(byPort, findings);
    }

    private static Optional<String> refusal(Gateway.Server server) {
        Gateway.ServerTls tls = server.tls();
        if (tls != null && tls.httpsRedirect()) {
            return Optional.of(
                    "found tls.httpsRedirect, which is not supported yet: the server is not opened;"
                            + " remove it to serve plain HTTP");
        }
        if (tls != null) {
            return Optional.of(
                    "found tls, which is not supported yet: the server is not opened rather than"
                            + " opened in plain text");
        }
        if (!server.port().protocol().isHttp()) {
            return Optional.of(
                    "found protocol %s, expected HTTP, HTTP2 or GRPC: others are not supported yet, and the server is not opened"
                            .formatted(server.port().protocol().written()));
        }
        if (server.bind() != null) {
            return Optional.of(
                    "found bind %s, which is not supported yet: the server is not opened; remove bind, and it opens at the router's own address"
                            .formatted(server.bind()));
        }
        return Optional.empty();
    }
}
