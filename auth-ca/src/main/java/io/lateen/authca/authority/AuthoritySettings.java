package io.lateen.authca.authority;

import io.lateen.model.identity.TrustDomain;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the authority, each as {@code --lateen.<name>}.
 *
 * @param trustDomain whose identities it vouches for
 * @param encryptionKey 32 random bytes in Base64 that the root is sealed with; for the environment
 *     ({@code LATEEN_ENCRYPTION_KEY}), as a command line is seen by everybody
 * @param encryptionKeyFile the same in a file; {@code <state-directory>/auth-ca-key} if neither is
 *     given, drawn when there is no root yet
 * @param rootTtl how long a root that is made lives, 30 days to 30 years
 * @param certificateTtl how long a certificate lives whose request leaves it open, 10 seconds to
 *     {@code longestCertificateTtl}
 * @param longestCertificateTtl of any certificate: a request for more gets this much; up to 90 days
 */
@ConfigurationProperties("lateen")
public record AuthoritySettings(
        @DefaultValue("cluster.local") String trustDomain,
        @Nullable String encryptionKey,
        @Nullable Path encryptionKeyFile,
        @DefaultValue("3650d") Duration rootTtl,
        @DefaultValue("24h") Duration certificateTtl,
        @DefaultValue("48h") Duration longestCertificateTtl) {

    /**
     * Less leaves no time to ask again before a certificate runs out. What is below a minute is for
     * trying renewals out on one machine: the clocks of several differ by more.
     */
    public static final Duration SHORTEST = Duration.ofSeconds(10);

    /** Checks every setting. */
    public AuthoritySettings {
        TrustDomain named = new TrustDomain(trustDomain);
        require("root-ttl", rootTtl, Duration.ofDays(30), Duration.ofDays(10_958));
        require("longest-certificate-ttl", longestCertificateTtl, SHORTEST, Duration.ofDays(90));
        require("certificate-ttl", certificateTtl, SHORTEST, longestCertificateTtl);
        trustDomain = named.name();
    }

    /** The trust domain. */
    public TrustDomain domain() {
        return new TrustDomain(trustDomain);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "AuthoritySettings[trustDomain="
                + trustDomain
                + ", keyFile="
                + encryptionKeyFile
                + "]";
    }

    private static void require(String name, Duration found, Duration least, Duration most) {
        if (found.compareTo(least) < 0 || found.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "lateen." + name + ": found " + found + ", expected " + least + " to " + most);
        }
    }
}
