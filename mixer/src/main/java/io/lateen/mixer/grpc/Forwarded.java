package io.lateen.mixer.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Tells a question that another mixer passed on, which is counted here in any case: two that
 * disagree for a moment on who counts must not send it back and forth.
 */
final class Forwarded implements ServerInterceptor {

    static final Metadata.Key<String> HEADER =
            Metadata.Key.of("lateen-forwarded", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<Boolean> KEY = Context.keyWithDefault("forwarded", false);

    /** Whether the present question is one. */
    static boolean isTrue() {
        return KEY.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return headers.containsKey(HEADER)
                ? Contexts.interceptCall(
                        Context.current().withValue(KEY, true), call, headers, next)
                : next.startCall(call, headers);
    }
}
