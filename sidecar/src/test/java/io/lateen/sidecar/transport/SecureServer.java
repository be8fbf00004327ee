package io.lateen.sidecar.transport;

import io.lateen.identity.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's TLS server: somebody outside the mesh, who answers {@code secure}. */
final class SecureServer implements AutoCloseable {
    private final SSLServerSocket socket;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private final List<Certificate> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    private SecureServer(SSLServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Starts one.
     *
     * @param clientsOf who vouches for clients, where these are asked
     */
    static SecureServer start(Path credential, Public clientsOf, boolean asksClients)
            throws IOException {
        try {
            List<X509Certificate> chain =
                    Pem.certificates(Files.readString(credential.resolve("tls.crt")));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "server",
                    Pem.privateKey("EC", Files.readString(credential.resolve("tls.key"))),
                    new char[0],
                    chain.toArray(Certificate[]::new));
            keys.setCertificateEntry("clients", clientsOf.root().certificate());
            KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
            own.init(keys, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            SSLServerSocket socket =
                    (SSLServerSocket)
                            context.getServerSocketFactory()
                                    .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(asksClients);
            SecureServer server = new SecureServer(socket);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SSLSocket connection = (SSLSocket) socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket connection) {
        try (connection) {
            connection.setHandshakeApplicationProtocolSelector(
                    (_, protocols) -> {
                        offered.addAll(protocols);
                        return protocols.contains("http/1.1") ? "http/1.1" : "";
                    });
            connection.startHandshake();
            if (connection.getSession() instanceof ExtendedSSLSession session) {
                for (SNIServerName name : session.getRequestedServerNames()) {
                    asked.add(name instanceof SNIHostName host ? host.getAsciiName() : "?");
                }
            }
            if (socket.getNeedClientAuth()) {
                clients.add(connection.getSession().getPeerCertificates()[0]);
            }
            StringBuilder head = new StringBuilder();
            for (int next = connection.getInputStream().read();
                    next >= 0;
                    next = connection.getInputStream().read()) {
                head.append((char) next);
                if (head.toString().endsWith("\r\n\r\n")) {
                    requests.incrementAndGet();
                    head.setLength(0);
                    connection
                            .getOutputStream()
                            .write(
                                    "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure"
                                            .getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException refused) {
            // The other side did not like what it saw, which it says itself.
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Names that clients asked for. */
    List<String> asked() {
        return asked;
    }

    /** Application protocols that clients offered. */
    List<String> offered() {
        return offered;
    }

    /** Certificates that clients showed. */
    List<Certificate> clients() {
        return clients;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
