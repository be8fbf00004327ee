package io.lateen.authca.authority;

import io.lateen.identity.Pem;
import io.lateen.model.identity.TrustDomain;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the root in PostgreSQL. Replicas that start at once on an empty database wait for each
 * other by an advisory lock: one makes the root, all have it. Blocking; called once, at start-up.
 */
final class RootStore {

    private static final Logger log = LoggerFactory.getLogger(RootStore.class);

    /** Of the advisory lock; nothing else in this database takes it. */
    private static final long LOCK = 0x6c61_7465_656e_6361L;

    private static final String SIGNATURE = "SHA256withECDSA";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SecureRandom random;
    private final Clock clock;

    RootStore(JdbcClient jdbc, TransactionTemplate transactions, SecureRandom random, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.random = random;
        this.clock = clock;
    }

    /**
     * @param sealedKey in Base64
     */
    private record Row(String certificate, String sealedKey) {}

    /**
     * The root that is there, else a new one.
     *
     * @throws RefusedKey if the root cannot be opened
     */
    Root open(AuthoritySettings settings, SealingKey.Place place) {
        return Objects.requireNonNull(
                transactions.execute(
                        _ -> {
                            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                                    .param("lock", LOCK)
                                    .query((_, _) -> true)
                                    .list();
                            Optional<Row> row = read();
                            SealingKey key = place.find(row.isEmpty(), random);
                            return row.map(it -> unseal(it, key, settings.domain()))
                                    .orElseGet(() -> make(settings, key));
                        }));
    }

    private Optional<Row> read() {
        return jdbc.sql("select certificate, sealed_key from authority_root")
                .query((row, _) -> new Row(row.getString(1), row.getString(2)))
                .optional();
    }

    private Root make(AuthoritySettings settings, SealingKey key) {
        Root root =
                Certificates.root(settings.domain(), settings.rootTtl(), clock.instant(), random);
        String pem = Pem.write(root.certificate());
        byte[] sealed = Seal.close(key.key(), root.key().getEncoded(), bound(pem), random);
        jdbc.sql(
                        "insert into authority_root (certificate, sealed_key, made_at)"
                                + " values (:certificate, :sealed, :at)")
                .param("certificate", pem)
                .param("sealed", Base64.getEncoder().encodeToString(sealed))
                .param("at", Timestamp.from(clock.instant()))
                .update();
        log.info(
                "A root was made. trustDomain={} notAfter={} sealedBy={}",
                settings.domain(),
                root.certificate().getNotAfter().toInstant(),
                key.source());
        return root;
    }

    private static Root unseal(Row row, SealingKey key, TrustDomain domain) {
        try {
            byte[] sealed = Base64.getDecoder().decode(row.sealedKey());
            byte[] pkcs8 = Seal.open(key.key(), sealed, bound(row.certificate()));
            X509Certificate certificate = Pem.certificates(row.certificate()).getFirst();
            PrivateKey signing =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!fit(certificate, signing)) {
                throw new RefusedKey("the root in the database is not its key's.", null);
            }
            String names = String.valueOf(certificate.getSubjectAlternativeNames());
            if (!names.contains("spiffe://" + domain + "]")) {
                throw new RefusedKey(
                        "the root in the database is of another trust domain: found "
                                + names
                                + ", expected spiffe://"
                                + domain
                                + "; set lateen.trust-domain, or use another database.",
                        null);
            }
            return new Root(certificate, signing);
        } catch (AEADBadTagException e) {
            throw new RefusedKey(
                    "the root in the database cannot be opened with the key of "
                            + key.source()
                            + ": it was sealed with another one; give the key that was in use when"
                            + " the root was made.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new RefusedKey("the root in the database cannot be read.", e);
        }
    }

    private static byte[] bound(String certificatePem) {
        return certificatePem.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean fit(X509Certificate certificate, PrivateKey key)
            throws GeneralSecurityException {
        byte[] sample = {1};
        Signature signing = Signature.getInstance(SIGNATURE);
        signing.initSign(key);
        signing.update(sample);
        byte[] signed = signing.sign();
        Signature checking = Signature.getInstance(SIGNATURE);
        checking.initVerify(certificate.getPublicKey());
        checking.update(sample);
        return checking.verify(signed);
    }
}
