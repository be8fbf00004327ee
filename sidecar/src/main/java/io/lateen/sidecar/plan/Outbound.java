package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.Authority;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the listener of an outbound connection or request by where it wants to go.
 *
 * @param named listeners that stand for some hosts on a port, by {@code host:port} in lower case
 * @param bare the listener of a host that is named without a port, where only one port knows it
 * @param captured listeners of one address and port
 * @param ports HTTP listeners of every host on a port
 * @param anyHttp what becomes of a request that nothing above knows
 * @param anyBytes what becomes of a connection that nothing above knows
 */
public record Outbound(
        Map<String, ListenerPlan> named,
        Map<String, ListenerPlan> bare,
        Map<InetSocketAddress, ListenerPlan> captured,
        Map<Integer, ListenerPlan> ports,
        ListenerPlan anyHttp,
        ListenerPlan anyBytes) {

    /** Knows no host and lets nothing pass. */
    public static final Outbound NOTHING =
            new Outbound(
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    ListenerPlan.Refused.NO_LISTENER,
                    ListenerPlan.Refused.NO_LISTENER);

    /** The port of an authority that names none (RFC 9110 §4.2.1). */
    private static final int DEFAULT_PORT = 80;

    public Outbound {
        named = Map.copyOf(named);
        bare = Map.copyOf(bare);
        captured = Map.copyOf(captured);
        ports = Map.copyOf(ports);
    }

    /**
     * The listener of a proxy request or of a request found by its Host: by the port in the
     * authority, else by the only port that knows the host, else port 80.
     */
    public ListenerPlan byAuthority(String authority) {
        Authority wanted = Authority.parse(authority);
        String host = wanted.host().toLowerCase(Locale.ROOT);
        if (wanted.port() < 0) {
            ListenerPlan only = bare.get(host);
            if (only != null) {
                return only;
            }
        }
        int port = wanted.port() < 0 ? DEFAULT_PORT : wanted.port();
        ListenerPlan found = namedOrOfPort(host, port);
        return found == null ? anyHttp : found;
    }

    /** The listener of a CONNECT request, or of a loopback listener that stands for a service. */
    public ListenerPlan byHostAndPort(String host, int port) {
        ListenerPlan found = namedOrOfPort(host.toLowerCase(Locale.ROOT), port);
        return found == null ? anyBytes : found;
    }

    /** The listener of a captured connection. */
    public ListenerPlan byAddress(InetSocketAddress destination) {
        ListenerPlan exact = captured.get(destination);
        if (exact != null) {
            return exact;
        }
        ListenerPlan found = ports.get(destination.getPort());
        return found == null ? anyBytes : found;
    }

    private @Nullable ListenerPlan namedOrOfPort(String host, int port) {
        ListenerPlan exact = named.get(host + ':' + port);
        return exact == null ? ports.get(port) : exact;
    }
}
