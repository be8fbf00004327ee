package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** REST with a certificate from files, and none without where others can listen. */
final class RestTlsTest {

    @TempDir private Path folder;

    @Test
    void servesACertificateAndTheNextOneWithoutARestart() throws Exception {
        certificate();
        try (ConfigurableApplicationContext program =
                start(
                        "--lateen.rest-address=0.0.0.0",
                        "--server.ssl.bundle=rest",
                        "--spring.ssl.bundle.watch.file.quiet-period=50ms",
                        "--spring.ssl.bundle.pem.rest.reload-on-update=true",
                        "--spring.ssl.bundle.pem.rest.keystore.certificate="
                                + folder.resolve("tls.crt"),
                        "--spring.ssl.bundle.pem.rest.keystore.private-key="
                                + folder.resolve("tls.key"))) {
            int port =
                    program.getEnvironment()
                            .getRequiredProperty("local.server.port", Integer.class);
            BigInteger first = serialServedAt(port);

            certificate();

            Eventually.eventually(
                    Duration.ofSeconds(20),
                    () -> assertThat(serialServedAt(port)).isNotEqualTo(first));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void refusesPlaintextWhereOthersCanListen(String address) {
        assertThatThrownBy(() -> start("--lateen.rest-address=" + address).close())
                .rootCause()
                .isInstanceOf(PlaintextRefused.class)
                .hasMessageContaining("plaintext on " + address)
                .hasMessageContaining("--lateen.rest-plaintext=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lateen.rest-address=127.0.0.1",
                "--lateen.rest-address=0.0.0.0 --lateen.rest-plaintext=true"
            })
    void servesPlaintextOnThisHostOrWhereItIsMeant(String settings) {
        try (ConfigurableApplicationContext program = start(settings.split(" ", -1))) {
            assertThat(program.isRunning()).isTrue();
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.address=${lateen.rest-address}");
        arguments.add("--server.port=0");
        arguments.add("--spring.main.banner-mode=off");
        arguments.add("--lateen.state-directory=" + folder.resolve("state"));
        var application = new SpringApplication(Program.class);
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    /** Writes a new key and certificate beside the old, and moves them into their places. */
    private void certificate() throws IOException, InterruptedException {
        Path key = folder.resolve("new.key");
        Path certificate = folder.resolve("new.crt");
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-nodes",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-days",
                                "1",
                                "-subj",
                                "/CN=rest",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue()).isZero();
        Files.move(key, folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(certificate, folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static BigInteger serialServedAt(int port) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anything()}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getSerialNumber();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is looked at here is which certificate comes, not whose it is. */
    private static final class Anything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** A program with nothing but access. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AccessConfiguration.class)
    static class Program {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ProgramAccess programAccess() {
            return new ProgramAccess("manager", AccessPolicy.open());
        }
    }
}
