package io.lateen.sidecar.transport;

import io.lateen.testkit.certificate.ScriptedAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's client, over one connection that it keeps. */
final class SecureClient implements AutoCloseable {
    private final SSLSocket socket;

    private SecureClient(SSLSocket socket) {
        this.socket = socket;
    }

    static SecureClient connect(InetSocketAddress to, ScriptedAuthority trusted)
            throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", trusted.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("shop.example.com")));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            return new SecureClient(socket);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The number of the server's certificate. */
    String serial() throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSerialNumber()
                .toString();
    }

    /** Head and body of an answer. */
    String get(String path) throws IOException {
        socket.getOutputStream()
                .write(
                        ("GET " + path + " HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        int length =
                Integer.parseInt(
                        answer.toString()
                                .replaceAll("(?is).*\\r\\ncontent-length: *([0-9]+).*", "$1"));
        answer.append(
                new String(
                        socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1));
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
