package io.lateen.sidecar.tls;

import io.lateen.sidecar.exchange.Security;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.CertificateException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind BoringSSL's handler until the handshake is over, then asks who the peer is, tells
 * the connection's owner, and goes. Nothing that the peer sent is passed on before that.
 */
public final class Handshake extends ChannelInboundHandlerAdapter {

    private final Proof proof;
    private final Outcome outcome;
    private boolean over;

    Handshake(Proof proof, Outcome outcome) {
        this.proof = proof;
        this.outcome = outcome;
    }

    /** Tells who is at the other end after a handshake, full or resumed. */
    interface Proof {

        /**
         * Who it is.
         *
         * @throws CertificateException when it is nobody that the connection may be with
         */
        Security take() throws CertificateException;
    }

    /** What became of a handshake; told once. */
    public interface Outcome {

        /** It is over, and the peer is somebody that the connection may be with. */
        void secured(Security security);

        /** There is no connection: why, and what to look at. The channel is closed. */
        void failed(String reason);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent done)) {
            context.fireUserEventTriggered(event);
            return;
        }
        if (over) {
            return;
        }
        if (!done.isSuccess()) {
            fail(context, reason(done.cause()));
            return;
        }
        Security security;
        try {
            security = proof.take();
        } catch (CertificateException e) {
            fail(context, String.valueOf(e.getMessage()));
            return;
        }
        over = true;
        context.pipeline().remove(this);
        outcome.secured(security);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (over) {
            context.fireChannelInactive();
        } else {
            fail(context, "the other side closed the connection during the TLS handshake");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!over) {
            fail(context, reason(cause));
        }
    }

    private void fail(ChannelHandlerContext context, String why) {
        over = true;
        var _ = context.close();
        outcome.failed(why);
    }

    // What a verification said is at the end of a chain of causes; BoringSSL's own words are in
    // "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN".
    private static String reason(@Nullable Throwable cause) {
        String words = "";
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertificateException && each.getMessage() != null) {
                return each.getMessage();
            }
            words = String.valueOf(each.getMessage());
        }
        int last = words.lastIndexOf(':');
        String plain =
                words.startsWith("error:") && last > 0
                        ? words.substring(last + 1).toLowerCase(Locale.ROOT).replace('_', ' ')
                        : words;
        return "the TLS handshake failed: " + plain;
    }
}
