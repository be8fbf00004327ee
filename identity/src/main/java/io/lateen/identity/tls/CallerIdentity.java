package io.lateen.identity.tls;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.lateen.identity.PeerVerification;
import io.lateen.model.identity.SpiffeId;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Puts who called into gRPC's context, from the certificate that the handshake has verified. */
public final class CallerIdentity implements ServerInterceptor {

    private static final Context.Key<SpiffeId> KEY = Context.key("caller-identity");

    /** Who makes the call that is being served; empty when it came without a certificate. */
    public static Optional<SpiffeId> current() {
        return Optional.ofNullable(KEY.get());
    }

    /** The certificate that the other end of a call has shown. */
    public static Optional<X509Certificate> certificate(Attributes call) {
        SSLSession session = call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? Optional.of(leaf)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<X509Certificate> certificate = certificate(call.getAttributes());
        if (certificate.isEmpty()) {
            return next.startCall(call, headers);
        }
        try {
            SpiffeId caller = PeerVerification.identityOf(certificate.get());
            return Contexts.interceptCall(
                    Context.current().withValue(KEY, caller), call, headers, next);
        } catch (CertificateException e) {
            throw new IllegalStateException("a handshake let a nameless peer pass", e);
        }
    }
}
