package io.lateen.identity.tls;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Tells a test which certificate a caller has shown. */
final class SerialOfCaller implements ServerInterceptor {

    private static final Context.Key<String> KEY = Context.keyWithDefault("serial", "none");

    static String current() {
        return KEY.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String serial =
                CallerIdentity.certificate(call.getAttributes())
                        .map(leaf -> leaf.getSerialNumber().toString())
                        .orElse("none");
        return Contexts.interceptCall(
                Context.current().withValue(KEY, serial), call, headers, next);
    }
}
