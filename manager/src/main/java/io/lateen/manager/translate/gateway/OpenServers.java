package io.lateen.manager.translate.gateway;

import io.lateen.manager.snapshot.Finding;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.Resource;
import io.lateen.model.service.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers that the Gateways of one router open, by door: the oldest Gateway's first. What the
 * first server of a door speaks, all must speak.
 *
 * @param byDoor the servers of each door
 * @param findings servers that are left out, and why
 */
public record OpenServers(Map<Door, List<OpenServer>> byDoor, List<Finding> findings) {

    /**
     * A server and where it is written.
     *
     * @param gateway the resource
     * @param server the server
     */
    public record OpenServer(Resource gateway, Gateway.Server server) {

        /** Whether requests are read there, whatever encrypts them. */
        public boolean readsRequests() {
            Gateway.ServerTls tls = server.tls();
            return server.port().protocol().isHttp()
                    || (server.port().protocol() == Protocol.HTTPS
                            && tls != null
                            && tls.mode() != Gateway.ServerTlsMode.PASSTHROUGH);
        }

        /** Whether every request is sent to the same address with https. */
        public boolean redirects() {
            Gateway.ServerTls tls = server.tls();
            return tls != null && tls.httpsRedirect() && server.port().protocol().isHttp();
        }

        /** The hosts that it answers for, whoever may route them. */
        public List<Hostname> hosts() {
            return server.hosts().stream().map(Gateway.GatewayHost::host).toList();
        }

        /** The name of its own routes, where it is encrypted. */
        public String httpsRoutes() {
            return "https.%d.%s.%s.%s"
                    .formatted(
                            server.port().number(),
                            server.port().name(),
                            gateway.metadata().name(),
                            gateway.metadata().namespace());
        }
    }

    /** What is spoken at a door. */
    public enum Speech {
        /** HTTP. */
        HTTP,
        /** Bytes. */
        BYTES,
        /** TLS, whatever is in it. */
        TLS;

        /** What a server's clients speak. */
        public static Speech of(Gateway.Server server) {
            Protocol protocol = server.port().protocol();
            return protocol.isTls() ? TLS : protocol.isHttp() ? HTTP : BYTES;
        }
    }

    /** The port on which a host is served with https; 443 where this router does not serve it. */
    public int httpsPort(Hostname host) {
        return byDoor.values().stream()
                .flatMap(List::stream)
                .filter(open -> open.server().port().protocol() == Protocol.HTTPS)
                .filter(open -> open.hosts().stream().anyMatch(host::subsetOf))
                .mapToInt(open -> open.server().port().number())
                .findFirst()
                .orElse(443);
    }

    /**
     * An address and a port that a router opens.
     *
     * @param bind the address; empty for the router's own
     * @param port the port
     */
    public record Door(String bind, int port) {

        private static final Comparator<Door> ORDER =
                Comparator.comparingInt(Door::port).thenComparing(Door::bind);

        /** The name of its routes. */
        public String routes() {
            return bind.isEmpty() ? "http." + port : "http." + port + "." + bind;
        }

        /** The name of its listener. */
        public String listener() {
            return (bind.isEmpty() ? "0.0.0.0" : bind) + "_" + port;
        }

        /** The address that it is opened at. */
        public String address(String own) {
            return bind.isEmpty() ? own : bind;
        }
    }

    /** The servers of the Gateways that select a router by its labels. */
    public static OpenServers of(List<Resource> gateways, Map<String, String> labels) {
        Map<Door, List<OpenServer>> byDoor = new TreeMap<>(Door.ORDER);
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : gateways) {
            Gateway gateway = (Gateway) resource.spec();
            if (!labels.entrySet().containsAll(gateway.selector().entrySet())) {
                continue;
            }
            for (int i = 0; i < gateway.servers().size(); i++) {
                Gateway.Server server = gateway.servers().get(i);
                String bind = server.bind();
                Door door = new Door(bind == null ? "" : bind, server.port().number());
                List<OpenServer> beside = byDoor.computeIfAbsent(door, key -> new ArrayList<>());
                Optional<String> refusal = refusal(server).or(() -> conflict(server, beside));
                if (refusal.isPresent()) {
                    findings.add(
                            new Finding(resource.key(), "spec.servers[" + i + "]", refusal.get()));
                } else {
                    beside.add(new OpenServer(resource, server));
                }
            }
        }
        byDoor.values().removeIf(List::isEmpty);
        return new OpenServers(byDoor, findings);
    }

    private static Optional<String> refusal(Gateway.Server server) {
        Gateway.ServerTls tls = server.tls();
        Protocol protocol = server.port().protocol();
        if (protocol == Protocol.UDP) {
            return Optional.of(
                    "found protocol UDP, which is not supported yet, and the server is not opened");
        }
        if (protocol.isTls() && tls == null) {
            return Optional.of(
                    "found no tls for protocol %s: the server is not opened"
                            .formatted(protocol.written()));
        }
        if (!protocol.isTls() && tls != null && !tls.httpsRedirect()) {
            return Optional.of(
                    "found tls for protocol %s: the server is not opened rather than opened in plain text; set the protocol to HTTPS or TLS"
                            .formatted(protocol.written()));
        }
        if (tls != null && tls.mode() == Gateway.ServerTlsMode.AUTO_PASSTHROUGH) {
            return Optional.of(
                    "found mode AUTO_PASSTHROUGH, which is not supported yet, and the server is not opened");
        }
        return Optional.empty();
    }

    private static Optional<String> conflict(Gateway.Server server, List<OpenServer> beside) {
        if (beside.isEmpty()) {
            return Optional.empty();
        }
        OpenServer first = beside.getFirst();
        if (Speech.of(server) == Speech.of(first.server())) {
            return Optional.empty();
        }
        return Optional.of(
                "found protocol %s on port %d, which %s opened for %s before: the server is not opened; use another port"
                        .formatted(
                                server.port().protocol().written(),
                                server.port().number(),
                                first.gateway().key(),
                                first.server().port().protocol().written()));
    }
}
