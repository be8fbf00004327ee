package io.lateen.authca.serve;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.lateen.authca.issue.Credential;
import io.lateen.identity.tls.CallerIdentity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;

/**
 * What a call says of its caller beside the message.
 *
 * @param from the caller's address
 */
record CallFacts(Credential credential, String from) {

    private static final Context.Key<CallFacts> KEY =
            Context.keyWithDefault(
                    "call-facts", new CallFacts(new Credential.None("no call is served"), ""));
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";

    /** Of the call that is being served. */
    static CallFacts current() {
        return KEY.get();
    }

    /** Puts the facts of each call into its context. */
    static final class Reading implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            CallFacts facts = new CallFacts(credential(call, headers), from(call));
            return Contexts.interceptCall(
                    Context.current().withValue(KEY, facts), call, headers, next);
        }
    }

    /** A token, where one is sent, is what the caller wants to be known by. */
    private static Credential credential(ServerCall<?, ?> call, Metadata headers) {
        String header = headers.get(AUTHORIZATION);
        if (header == null) {
            return CallerIdentity.certificate(call.getAttributes())
                    .<Credential>map(Credential.Certificate::new)
                    .orElseGet(
                            () ->
                                    new Credential.None(
                                            "credential: found none, expected a join token in"
                                                    + " 'authorization: Bearer <token>', or a"
                                                    + " certificate of this mesh"));
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Credential.None(
                    "authorization: found another scheme, expected 'Bearer <join token>'");
        }
        String token = header.substring(BEARER.length()).strip();
        return token.isEmpty()
                ? new Credential.None("authorization: found an empty token, expected a join token")
                : new Credential.Token(token);
    }

    private static String from(ServerCall<?, ?> call) {
        SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return remote instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : String.valueOf(remote);
    }
}
