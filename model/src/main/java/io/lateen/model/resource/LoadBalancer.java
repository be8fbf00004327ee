package io.lateen.model.resource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint is next. At most one of simple, consistentHash and backendUtilization is there;
 * none means {@link Simple#LEAST_REQUEST}.
 *
 * @param simple one of the plain algorithms
 * @param consistentHash the same endpoint for the same key
 * @param backendUtilization by the load that the endpoints report
 * @param localityLbSetting which localities are preferred
 * @param zoneAwareLbSetting whether the own zone is preferred
 * @param warmup how a new endpoint's share grows
 * @param warmupDurationSecs how long a new endpoint's share grows, the oldest form
 */
public record LoadBalancer(
        @Nullable Simple simple,
        @Nullable ConsistentHash consistentHash,
        @Nullable BackendUtilization backendUtilization,
        @Nullable LocalityPreference localityLbSetting,
        @Nullable ZonePreference zoneAwareLbSetting,
        @Nullable Warmup warmup,
        @Nullable Duration warmupDurationSecs) {

    /** The plain algorithms. */
    public enum Simple {
        /** As {@link #LEAST_REQUEST}. */
        UNSPECIFIED,
        /** The older name of {@link #LEAST_REQUEST}. */
        LEAST_CONN,
        /** Any, by chance. */
        RANDOM,
        /** The address that the client dialled. */
        PASSTHROUGH,
        /** One after another. */
        ROUND_ROBIN,
        /** Of two by chance, the one with fewer requests in flight. */
        LEAST_REQUEST
    }

    /**
     * The same endpoint for the same key. One of the first four says what the key is.
     *
     * @param httpHeaderName a request header
     * @param httpCookie a cookie, made if it is missing
     * @param useSourceIp the client's address
     * @param httpQueryParameterName a parameter of the query
     * @param ringHash on a ring
     * @param maglev in a table
     * @param minimumRingSize of the ring, the oldest form
     */
    public record ConsistentHash(
            @Nullable String httpHeaderName,
            @Nullable HttpCookie httpCookie,
            boolean useSourceIp,
            @Nullable String httpQueryParameterName,
            @Nullable RingHash ringHash,
            @Nullable Maglev maglev,
            @Nullable Long minimumRingSize) {}

    /**
     * A cookie as key.
     *
     * @param name of the cookie
     * @param path it is set for; null means none
     * @param ttl its life; zero means the browser's session, null means that it is never made
     * @param attributes further ones it is set with
     */
    public record HttpCookie(
            String name,
            @Nullable String path,
            @Nullable Duration ttl,
            List<CookieAttribute> attributes) {

        public HttpCookie {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * A further attribute of a cookie.
     *
     * @param name of the attribute
     * @param value null for one without
     */
    public record CookieAttribute(String name, @Nullable String value) {}

    /**
     * Consistent hashing on a ring.
     *
     * @param minimumRingSize entries at least; null means 1024
     */
    public record RingHash(@Nullable Long minimumRingSize) {}

    /**
     * Consistent hashing in a table.
     *
     * @param tableSize a prime number of entries; null means 65537
     */
    public record Maglev(@Nullable Long tableSize) {}

    /**
     * How a new endpoint's share grows to its full size.
     *
     * @param duration until it is full
     * @param minimumPercent at the beginning; null means 10
     * @param aggression above 1 grows faster at first; null means 1
     */
    public record Warmup(
            Duration duration, @Nullable Double minimumPercent, @Nullable Double aggression) {}

    /**
     * By the load that endpoints report.
     *
     * @param metricNamesForComputingUtilization which of the reported figures count
     * @param errorUtilizationPenaltyPercent added for errors
     * @param weightUpdatePeriod how often weights follow
     * @param weightExpirationPeriod after which a report is too old
     * @param weightStabilizationPeriod before which a report is too new
     */
    public record BackendUtilization(
            List<String> metricNamesForComputingUtilization,
            @Nullable Long errorUtilizationPenaltyPercent,
            @Nullable Duration weightUpdatePeriod,
            @Nullable Duration weightExpirationPeriod,
            @Nullable Duration weightStabilizationPeriod) {

        public BackendUtilization {
            metricNamesForComputingUtilization = List.copyOf(metricNamesForComputingUtilization);
        }
    }

    /**
     * Which localities are preferred.
     *
     * @param distribute shares of the traffic from a locality to others
     * @param failover where traffic of a region goes when it has no healthy endpoint
     * @param failoverPriority labels that bring an endpoint closer the more of them agree
     * @param enabled null means as the mesh says
     */
    public record LocalityPreference(
            List<Distribute> distribute,
            List<Failover> failover,
            List<String> failoverPriority,
            @Nullable Boolean enabled) {

        public LocalityPreference {
            distribute = List.copyOf(distribute);
            failover = List.copyOf(failover);
            failoverPriority = List.copyOf(failoverPriority);
        }
    }

    /**
     * How one locality's traffic is shared out.
     *
     * @param from locality of the client, possibly ending in {@code *}
     * @param to shares in percent, by locality
     */
    public record Distribute(@Nullable String from, Map<String, Long> to) {

        public Distribute {
            to = Values.ordered(to);
        }
    }

    /**
     * Where traffic goes from a region without healthy endpoints.
     *
     * @param from region
     * @param to region
     */
    public record Failover(@Nullable String from, @Nullable String to) {}

    /**
     * Whether the own zone is preferred.
     *
     * @param enabled null means as the mesh says
     * @param failover where traffic of a region goes when it has no healthy endpoint
     * @param failoverPriority labels that bring an endpoint closer the more of them agree
     * @param minClusterSize below which zones are disregarded
     */
    public record ZonePreference(
            @Nullable Boolean enabled,
            List<Failover> failover,
            List<String> failoverPriority,
            @Nullable Long minClusterSize) {

        public ZonePreference {
            failover = List.copyOf(failover);
            failoverPriority = List.copyOf(failoverPriority);
        }
    }
}
