package io.lateen.manager.translate.security;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.service.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's connections are encrypted.
 *
 * @param mode for which endpoints
 * @param identities that an endpoint may have, in full; empty for any of the mesh
 * @param trust whose identities are the mesh's
 * @param serverName that is asked for (SNI)
 * @param outside the rule by which somebody outside the mesh is called; null within it
 */
public record ClientEncryption(
        Mode mode,
        List<String> identities,
        TrustDomains trust,
        String serverName,
        TrafficPolicy.@Nullable ClientTls outside) {

    /** Nothing is encrypted. */
    public static final ClientEncryption NONE =
            new ClientEncryption(Mode.NONE, List.of(), TrustDomains.DEFAULT, "", null);

    /** The key of endpoints' metadata that transport sockets are chosen by. */
    public static final String CHOICE = "envoy.transport_socket_match";

    /** The metadata of an endpoint that is called with certificates. */
    public static final Struct MUTUAL =
            Metadatas.struct(Map.of("tlsMode", Metadatas.text("istio")));

    private static final List<String> HTTP = List.of("istio-http/1.1", "istio-h2");
    private static final List<String> BYTES = List.of("istio");

    /** Which endpoints are called in TLS. */
    public enum Mode {
        /** None. */
        NONE,
        /** Those that say they can. */
        WHERE_KNOWN,
        /** All. */
        ALWAYS
    }

    /** Within the mesh. */
    public static ClientEncryption ofMesh(
            Mode mode, List<String> identities, TrustDomains trust, String serverName) {
        return new ClientEncryption(mode, identities, trust, serverName, null);
    }

    /** To somebody outside the mesh, as a rule of mode SIMPLE or MUTUAL says. */
    public static ClientEncryption outside(TrafficPolicy.ClientTls rule, String serverName) {
        return new ClientEncryption(Mode.ALWAYS, List.of(), TrustDomains.DEFAULT, serverName, rule);
    }

    /** Copies the list. */
    public ClientEncryption {
        identities = List.copyOf(identities);
    }

    /** Writes it into a cluster for a port of this protocol. */
    public void apply(Cluster.Builder cluster, Protocol protocol) {
        switch (mode) {
            case NONE -> {}
            case ALWAYS -> cluster.setTransportSocket(socket(protocol));
            case WHERE_KNOWN ->
                    cluster.addTransportSocketMatches(
                                    match("tlsMode-istio", MUTUAL, socket(protocol)))
                            .addTransportSocketMatches(
                                    match(
                                            "tlsMode-disabled",
                                            Struct.getDefaultInstance(),
                                            TlsContexts.plain()));
        }
    }

    private TransportSocket socket(Protocol protocol) {
        return outside == null
                ? TlsContexts.client(protocols(protocol), matchers(), serverName)
                : OutsideTls.client(outside, publicProtocols(protocol), serverName);
    }

    /** By their public names; our proxies offer of them what they speak on the connection. */
    private static List<String> publicProtocols(Protocol protocol) {
        if (!protocol.isHttp() && protocol != Protocol.UNDECLARED) {
            return List.of();
        }
        return protocol.isHttp2() ? List.of("h2") : List.of("http/1.1", "h2");
    }

    private List<StringMatcher> matchers() {
        return identities.isEmpty()
                ? TlsContexts.prefixes(trust)
                : identities.stream()
                        .map(identity -> StringMatcher.newBuilder().setExact(identity).build())
                        .toList();
    }

    /**
     * What can be spoken on the port; which of them it is, is known when a connection is opened.
     */
    private static List<String> protocols(Protocol protocol) {
        if (protocol.isHttp()) {
            return HTTP;
        }
        if (protocol != Protocol.UNDECLARED) {
            return BYTES;
        }
        List<String> all = new ArrayList<>(HTTP);
        all.addAll(BYTES);
        return all;
    }

    private static Cluster.TransportSocketMatch match(
            String name, Struct labels, TransportSocket socket) {
        return Cluster.TransportSocketMatch.newBuilder()
                .setName(name)
                .setMatch(labels)
                .setTransportSocket(socket)
                .build();
    }
}
