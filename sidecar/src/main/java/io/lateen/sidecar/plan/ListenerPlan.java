package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Failure;

/**
 * What is done with a connection: read as HTTP, passed on as bytes, looked at first, or refused.
 */
public sealed interface ListenerPlan {

    /** Every connection speaks HTTP. */
    record Http(HttpPlan http) implements ListenerPlan {}

    /** Every connection is passed on as bytes. */
    record Tcp(TcpPlan tcp) implements ListenerPlan {}

    /** The first bytes decide: a request line or the HTTP/2 preface is HTTP, all else is bytes. */
    record Sniffed(HttpPlan http, TcpPlan tcp, Detection detection) implements ListenerPlan {}

    /** How a connection begins, and what it asks for, decides which chain serves it. */
    record Chains(FilterChains chains) implements ListenerPlan {}

    /** Nothing may pass. */
    record Refused(Failure failure) implements ListenerPlan {

        /** No listener was configured for where the connection wants to go. */
        public static final Refused NO_LISTENER =
                new Refused(
                        new Failure.NotReady(
                                "the sidecar has no listener for this; it has no configuration yet,"
                                        + " or the listener was removed"));
    }
}
