package io.lateen.authca.issue;

import io.lateen.authca.attest.JoinTokens;
import io.lateen.authca.attest.Redemption;
import io.lateen.authca.authority.Authority;
import io.lateen.authca.authority.AuthoritySettings;
import io.lateen.authca.issue.Ledger.Asker;
import io.lateen.authca.issue.Ledger.Means;
import io.lateen.authca.issue.Outcome.Issued;
import io.lateen.authca.issue.Outcome.Refused;
import io.lateen.authca.issue.Outcome.Why;
import io.lateen.authca.issue.RequestCheck.Checked;
import io.lateen.identity.PeerVerification;
import io.lateen.model.identity.SpiffeId;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Issues certificates. Whose a certificate is comes from the credential alone. Using a token up,
 * signing and recording are one transaction: nothing is issued that is not on record, and a token
 * whose request is refused can be presented again. Thread-safe; blocks on the database.
 */
public final class Issuing {

    private static final Logger log = LoggerFactory.getLogger(Issuing.class);

    private final Authority authority;
    private final JoinTokens tokens;
    private final Ledger ledger;
    private final IssueMetrics metrics;
    private final TransactionTemplate transactions;

    Issuing(
            Authority authority,
            JoinTokens tokens,
            Ledger ledger,
            IssueMetrics metrics,
            TransactionTemplate transactions) {
        this.authority = authority;
        this.tokens = tokens;
        this.ledger = ledger;
        this.metrics = metrics;
        this.transactions = transactions;
    }

    /**
     * What somebody asks for.
     *
     * @param csr PKCS #10 as PEM
     * @param lifetime zero for the default
     * @param further names of wishes beside; none is known here
     * @param from their address
     */
    public record Wish(
            Credential credential,
            String csr,
            Duration lifetime,
            Set<String> further,
            String from) {}

    /** Issues a certificate, or says why not. */
    public Outcome issue(Wish wish) {
        metrics.asked();
        Attempt attempt =
                Objects.requireNonNull(
                        transactions.execute(
                                transaction -> {
                                    Attempt made = attempt(wish);
                                    if (made.outcome() instanceof Refused) {
                                        transaction.setRollbackOnly();
                                    }
                                    return made;
                                }));
        switch (attempt.outcome()) {
            case Issued(X509Certificate leaf, _) -> {
                metrics.issued();
                log.info(
                        "Issued a certificate. identity={} serial={} notAfter={} by={} from={}",
                        attempt.asker().map(Asker::identity).orElse(null),
                        Ledger.serial(leaf),
                        leaf.getNotAfter().toInstant(),
                        attempt.asker().map(Asker::means).orElse(null),
                        wish.from());
            }
            case Refused(Why why, String reason) -> {
                metrics.refused(why);
                // Strangers write nothing: they could fill the record.
                attempt.asker().ifPresent(asker -> ledger.refused(asker, reason));
                if (attempt.asker().isPresent()) {
                    log.warn("Refused a certificate. from={} reason={}", wish.from(), reason);
                } else {
                    log.debug("Refused a stranger. from={} reason={}", wish.from(), reason);
                }
            }
        }
        return attempt.outcome();
    }

    /**
     * Signs for this authority itself, which has no credential but its root.
     *
     * @param identity its own
     */
    public X509Certificate own(PublicKey key, SpiffeId identity) {
        X509Certificate leaf = authority.sign(key, identity, Duration.ZERO);
        ledger.issued(new Asker(Means.OWN, "root", identity, "here"), leaf);
        return leaf;
    }

    private record Attempt(Optional<Asker> asker, Outcome outcome) {}

    private Attempt attempt(Wish wish) {
        return switch (wish.credential()) {
            case Credential.None(String reason) -> stranger(reason);
            case Credential.Token(String secret) ->
                    switch (tokens.redeem(secret, wish.from())) {
                        case Redemption.Unknown(String reason) -> stranger(reason);
                        case Redemption.Worthless(var token, String reason) ->
                                new Attempt(
                                        Optional.of(
                                                new Asker(
                                                        Means.JOIN_TOKEN,
                                                        token.id().toString(),
                                                        token.identity(),
                                                        wish.from())),
                                        new Refused(Why.NOT_AUTHENTICATED, reason));
                        case Redemption.Redeemed(var token) ->
                                sign(
                                        wish,
                                        new Asker(
                                                Means.JOIN_TOKEN,
                                                token.id().toString(),
                                                token.identity(),
                                                wish.from()));
                    };
            case Credential.Account(SpiffeId identity, String holder) ->
                    sign(wish, new Asker(Means.SERVICE_ACCOUNT, holder, identity, wish.from()));
            case Credential.Certificate(X509Certificate leaf) -> renewal(wish, leaf);
        };
    }

    private Attempt renewal(Wish wish, X509Certificate shown) {
        try {
            SpiffeId identity = PeerVerification.identityOf(shown);
            return sign(
                    wish,
                    new Asker(Means.CERTIFICATE, Ledger.serial(shown), identity, wish.from()));
        } catch (CertificateException e) {
            return stranger(String.valueOf(e.getMessage()));
        }
    }

    private Attempt sign(Wish wish, Asker asker) {
        return new Attempt(Optional.of(asker), signed(wish, asker));
    }

    private Outcome signed(Wish wish, Asker asker) {
        if (!asker.identity().trustDomain().equals(authority.domain())) {
            return new Refused(
                    Why.FOREIGN_IDENTITY,
                    "credential: found the trust domain "
                            + asker.identity().trustDomain()
                            + ", expected "
                            + authority.domain());
        }
        if (!wish.further().isEmpty()) {
            return new Refused(
                    Why.NOT_SIGNABLE,
                    "metadata: found "
                            + wish.further()
                            + ", expected none: there is one signer here, and nobody is issued a"
                            + " certificate of somebody else");
        }
        boolean open = wish.lifetime().isZero();
        if (!open && wish.lifetime().compareTo(AuthoritySettings.SHORTEST) < 0) {
            return new Refused(
                    Why.NOT_SIGNABLE,
                    "validity_duration: found "
                            + wish.lifetime().toSeconds()
                            + " s, expected 0 for the default, or "
                            + AuthoritySettings.SHORTEST.toSeconds()
                            + " s or more");
        }
        return switch (RequestCheck.check(wish.csr(), asker.identity())) {
            case Checked.Rejected(Refused refusal) -> refusal;
            case Checked.Accepted(PublicKey key) -> {
                X509Certificate leaf = authority.sign(key, asker.identity(), wish.lifetime());
                ledger.issued(asker, leaf);
                yield new Issued(leaf, authority.roots());
            }
        };
    }

    private static Attempt stranger(String reason) {
        return new Attempt(Optional.empty(), new Refused(Why.NOT_AUTHENTICATED, reason));
    }
}
