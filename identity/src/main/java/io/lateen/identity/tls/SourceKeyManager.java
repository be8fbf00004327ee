package io.lateen.identity.tls;

import io.lateen.identity.CertificateSource;
import io.lateen.identity.WorkloadCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate that is in force when a handshake begins. Its alias is the serial number,
 * so that key and chain of one handshake are of one certificate; a renewal between the two
 * questions ends that handshake, and the peer tries again.
 */
final class SourceKeyManager extends X509ExtendedKeyManager {

    private final CertificateSource source;

    SourceKeyManager(CertificateSource source) {
        this.source = source;
    }

    private @Nullable String alias(String... keyTypes) {
        return source.current()
                .filter(
                        own -> {
                            for (String type : keyTypes) {
                                // BoringSSL asks for EC_EC, EC_RSA and the like.
                                if (type.startsWith(own.key().getAlgorithm())) {
                                    return true;
                                }
                            }
                            return false;
                        })
                .map(SourceKeyManager::name)
                .orElse(null);
    }

    private Optional<WorkloadCertificate> named(String alias) {
        return source.current().filter(own -> name(own).equals(alias));
    }

    private static String name(WorkloadCertificate own) {
        return own.leaf().getSerialNumber().toString(16);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return named(alias).map(own -> own.chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return named(alias).map(WorkloadCertificate::key).orElse(null);
    }
}
