package io.lateen.sidecar.filter.authz;

import io.lateen.sidecar.exchange.Crossing;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.route.ValueMatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a rule asks of who calls, from where and to where: known of every connection. */
public sealed interface CallerCondition extends Condition {

    /** The caller has proven to be somebody whose name matches. */
    record Identity(ValueMatch name) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            Security security = crossing.security();
            return security.isAuthenticated() && name.matches(security.peerName());
        }
    }

    /** The connection is encrypted, whoever the caller is: Envoy's {@code authenticated}. */
    record Encrypted() implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return crossing.security().isEncrypted();
        }
    }

    /** The connection comes from an address of the range. */
    record Peer(AddressRange range) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return range.contains(address(crossing.downstreamRemote()));
        }
    }

    /**
     * The request comes from an address of the range: the last that {@code x-forwarded-for} names,
     * which the proxy before us wrote, else the connection's. A gateway believes the connection.
     */
    record Client(AddressRange range) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            InetAddress forwarded = head == null ? null : lastForwarded(head);
            return range.contains(
                    forwarded != null ? forwarded : address(crossing.downstreamRemote()));
        }

        private static @Nullable InetAddress lastForwarded(RequestHead head) {
            String all = head.header(HeaderName.X_FORWARDED_FOR);
            if (all == null) {
                return null;
            }
            return AddressRange.parse(all.substring(all.lastIndexOf(',') + 1).strip());
        }
    }

    /** The connection goes to an address of the range. */
    record Place(AddressRange range) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return range.contains(address(crossing.downstreamLocal()));
        }
    }

    /** The connection goes to a port from {@code first} to {@code last}. */
    record Port(int first, int last) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            if (!(crossing.downstreamLocal() instanceof InetSocketAddress local)) {
                return false;
            }
            return local.getPort() >= first && local.getPort() <= last;
        }
    }

    /** The handshake asked for a server whose name matches (SNI); empty when it asked for none. */
    record ServerName(ValueMatch name) implements CallerCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return name.matches(crossing.security().serverName());
        }
    }

    private static @Nullable InetAddress address(SocketAddress of) {
        return of instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
