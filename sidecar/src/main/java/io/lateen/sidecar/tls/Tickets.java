package io.lateen.sidecar.tls;

import io.netty.handler.ssl.OpenSslCertificateCompressionConfig;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * How sessions are gone on from (RFC 8446 §4.6.1): what a server would have to keep of one it gives
 * to the client, encrypted with a key of the context's own. So no client costs a server memory
 * between connections, and no session outlives the certificate and roots that it began with.
 */
final class Tickets {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A certificate of ours is some 600 bytes: deflating it costs more than sending it. */
    private static final OpenSslCertificateCompressionConfig UNCOMPRESSED =
            OpenSslCertificateCompressionConfig.newBuilder().build();

    private Tickets() {}

    /** Leaves out what a handshake between workloads does not need. */
    static SslContextBuilder lean(SslContextBuilder builder) {
        return builder.option(
                OpenSslContextOption.CERTIFICATE_COMPRESSION_ALGORITHMS, UNCOMPRESSED);
    }

    /** Lets clients of a server's context keep its sessions for it. */
    static SslContext issuedBy(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
            byte[] secret = new byte[OpenSslSessionTicketKey.TICKET_KEY_SIZE];
            RANDOM.nextBytes(secret);
            int name = OpenSslSessionTicketKey.NAME_SIZE;
            int mac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
            sessions.setTicketKeys(
                    new OpenSslSessionTicketKey(
                            Arrays.copyOf(secret, name),
                            Arrays.copyOfRange(secret, name, mac),
                            Arrays.copyOfRange(secret, mac, secret.length)));
        }
        return context;
    }
}
