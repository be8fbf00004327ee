package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import java.net.InetSocketAddress;

/** The headers that every request gets on its way through a sidecar. */
final class RequestStamp {
    private static final byte[] HTTP = ResponseHead.bytes("http");
    private static final byte[] HTTPS = ResponseHead.bytes("https");
    private static final byte[][] COUNTS = new byte[100][];

    static {
        for (int i = 0; i < COUNTS.length; i++) {
            COUNTS[i] = ResponseHead.bytes(Integer.toString(i));
        }
    }

    private RequestStamp() {}

    /** Before all else: an id to find it by, and who is known to have sent it. */
    static void apply(Worker worker, Exchange exchange) {
        RequestHead head = exchange.request();
        if (!head.has(HeaderName.X_REQUEST_ID)) {
            head.add(HeaderName.X_REQUEST_ID, worker.requestIds().next());
        }
        Security security = exchange.security();
        if (!security.forwardedCertificate().isEmpty()) {
            forwardCertificate(exchange, security, head);
        } else if (head.has(HeaderName.X_FORWARDED_CLIENT_CERT)) {
            // Without a certificate of the client's it is a claim that anybody can make.
            head.remove(HeaderName.X_FORWARDED_CLIENT_CERT);
        }
        if (exchange.direction() == Direction.INBOUND) {
            exchange.peer(worker.peers().meet(head));
        }
    }

    /**
     * Before the filters: the scheme it came with, and by whom.
     *
     * @param outermost as {@link io.lateen.sidecar.plan.HttpFront#outermost}
     */
    static void whence(Exchange exchange, boolean outermost) {
        RequestHead head = exchange.request();
        if (outermost) {
            fromOutside(exchange, head);
        } else if (!head.has(HeaderName.X_FORWARDED_PROTO)) {
            head.add(HeaderName.X_FORWARDED_PROTO, scheme(head));
        }
    }

    // Inbound the caller's own sidecar vouches for what it passes on, and it is added to; a gateway
    // takes nobody's word but the certificate's.
    private static void forwardCertificate(Exchange exchange, Security security, RequestHead head) {
        String before =
                exchange.direction() == Direction.INBOUND
                        ? head.header(HeaderName.X_FORWARDED_CLIENT_CERT)
                        : null;
        String element = security.forwardedCertificate();
        head.set(
                HeaderName.X_FORWARDED_CLIENT_CERT,
                ResponseHead.bytes(
                        before == null || before.isEmpty() ? element : before + "," + element));
    }

    /** With each try: which one it is. */
    static void attempt(RequestHead head, int number) {
        head.set(HeaderName.X_ENVOY_ATTEMPT_COUNT, COUNTS[Math.min(number, COUNTS.length - 1)]);
    }

    /** When the cluster is known: who we are, for those inside the mesh alone. */
    static void identify(Worker worker, Exchange exchange, ClusterFacts cluster) {
        RequestHead head = exchange.request();
        if (exchange.direction() == Direction.INBOUND) {
            return;
        }
        Settings.Identity identity = worker.settings().identity();
        if (identity != null && !cluster.external()) {
            head.set(HeaderName.X_ENVOY_PEER_METADATA_ID, identity.id());
            head.set(HeaderName.X_ENVOY_PEER_METADATA, identity.metadata());
        } else {
            head.remove(HeaderName.X_ENVOY_PEER_METADATA_ID);
            head.remove(HeaderName.X_ENVOY_PEER_METADATA);
        }
    }

    // At the edge the socket says what is true, whatever the client claims.
    private static void fromOutside(Exchange exchange, RequestHead head) {
        if (exchange.security().isEncrypted()) {
            // Routes match on it, and redirects keep it: HTTP/1.1 does not say it itself.
            head.scheme("https");
        }
        head.set(HeaderName.X_FORWARDED_PROTO, scheme(head));
        if (exchange.downstreamRemote() instanceof InetSocketAddress client
                && client.getAddress() != null) {
            String before = head.header(HeaderName.X_FORWARDED_FOR);
            String address = client.getAddress().getHostAddress();
            head.set(
                    HeaderName.X_FORWARDED_FOR,
                    ResponseHead.bytes(before == null ? address : before + "," + address));
        }
    }

    private static byte[] scheme(RequestHead head) {
        return head.scheme().equals("https") ? HTTPS : HTTP;
    }
}
