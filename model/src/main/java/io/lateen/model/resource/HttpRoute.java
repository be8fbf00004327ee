package io.lateen.model.resource;

import io.lateen.model.match.StringMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests that one of {@code match} fits, or to every request where there is
 * no match. Exactly one of route, redirect, directResponse and delegate says where they go.
 *
 * @param name shown in logs; null if not named
 * @param match any of these fits
 * @param route destinations that share the requests by weight
 * @param redirect the client is sent elsewhere
 * @param directResponse the proxy answers
 * @param delegate another VirtualService decides
 * @param rewrite what changes in the request on its way
 * @param timeout for the whole request, retries included; null means none
 * @param retries null means the mesh's default
 * @param fault failures made on purpose
 * @param mirror where a copy of the request goes; see {@link #copies()}
 * @param mirrorPercent share of copies in whole percent, the oldest form
 * @param mirrorPercentage share of copies
 * @param mirrors several places for copies
 * @param corsPolicy which other origins may call
 * @param headers changed for every destination
 */
public record HttpRoute(
        @Nullable String name,
        List<HttpMatch> match,
        List<HttpDestination> route,
        @Nullable Redirect redirect,
        @Nullable DirectResponse directResponse,
        @Nullable Delegate delegate,
        @Nullable Rewrite rewrite,
        @Nullable Duration timeout,
        @Nullable Retries retries,
        @Nullable Fault fault,
        @Nullable Destination mirror,
        @Nullable Integer mirrorPercent,
        @Nullable Percent mirrorPercentage,
        List<Mirror> mirrors,
        @Nullable CorsPolicy corsPolicy,
        Headers headers) {

    public HttpRoute {
        match = List.copyOf(match);
        route = List.copyOf(route);
        mirrors = List.copyOf(mirrors);
    }

    /** Where copies of the request go and how many, whichever field says it. */
    public List<Mirror> copies() {
        List<Mirror> copies = new ArrayList<>(mirrors);
        if (mirror != null) {
            Percent share = mirrorPercentage;
            if (share == null && mirrorPercent != null) {
                share = new Percent(mirrorPercent);
            }
            copies.addFirst(new Mirror(mirror, share));
        }
        return List.copyOf(copies);
    }

    /**
     * A destination and its share.
     *
     * @param destination of the requests
     * @param weight relative to its siblings; 0 where not written, which means all of it if it is
     *     the only one
     * @param headers changed for this destination alone
     */
    public record HttpDestination(Destination destination, int weight, Headers headers) {}

    /**
     * The client is told to ask elsewhere. What is null stays as it was in the request.
     *
     * @param uri in place of the whole path
     * @param prefixRewrite in place of the part of the path that matched
     * @param authority in place of the host
     * @param scheme in place of the scheme
     * @param port in place of the port
     * @param derivePort how the port follows from the request
     * @param redirectCode 301 if not written
     */
    public record Redirect(
            @Nullable String uri,
            @Nullable String prefixRewrite,
            @Nullable String authority,
            @Nullable String scheme,
            @Nullable Integer port,
            @Nullable DerivePort derivePort,
            int redirectCode) {

        public Redirect {
            redirectCode = redirectCode == 0 ? 301 : redirectCode;
        }
    }

    /** How a redirect's port follows from the request. */
    public enum DerivePort {
        /** The usual port of the scheme, which is not printed. */
        FROM_PROTOCOL_DEFAULT,
        /** The port that was asked. */
        FROM_REQUEST_PORT
    }

    /**
     * The proxy answers by itself.
     *
     * @param status 200 to 599
     * @param body null for none
     */
    public record DirectResponse(int status, @Nullable Body body) {}

    /**
     * The body of a direct response: one of the two.
     *
     * @param string as text
     * @param bytes in Base64
     */
    public record Body(@Nullable String string, @Nullable String bytes) {}

    /**
     * Another VirtualService, without hosts of its own, that decides.
     *
     * @param name of the VirtualService
     * @param namespace null means that of the resource that delegates
     */
    public record Delegate(String name, @Nullable String namespace) {}

    /**
     * What changes in the request before it is sent on.
     *
     * @param uri in place of the prefix that matched, or of the whole path
     * @param authority in place of the host
     * @param uriRegexRewrite changes the path by an expression
     */
    public record Rewrite(
            @Nullable String uri,
            @Nullable String authority,
            @Nullable RegexRewrite uriRegexRewrite) {}

    /**
     * Changes a path by an expression.
     *
     * @param match RE2 expression; every part of the path that it describes is replaced
     * @param rewrite may name groups of the match as {@code \1}
     */
    public record RegexRewrite(String match, String rewrite) {}

    /**
     * How often and when a failed request is tried again.
     *
     * @param attempts after the first; 0 switches retries off
     * @param perTryTimeout null means as long as the route's timeout
     * @param retryOn conditions separated by commas, as written; see {@link #conditions()}
     * @param retryRemoteLocalities whether the next try may go to other localities
     * @param retryIgnorePreviousHosts whether the next try avoids the hosts tried; null means yes
     * @param backoff shortest wait before the first retry
     */
    public record Retries(
            int attempts,
            @Nullable Duration perTryTimeout,
            @Nullable String retryOn,
            @Nullable Boolean retryRemoteLocalities,
            @Nullable Boolean retryIgnorePreviousHosts,
            @Nullable Duration backoff) {

        /** What is tried again: Envoy's words and status codes, mixed; empty means the default. */
        public List<String> conditions() {
            if (retryOn == null) {
                return List.of();
            }
            return List.of(retryOn.split(",")).stream()
                    .map(String::strip)
                    .filter(condition -> !condition.isEmpty())
                    .toList();
        }
    }

    /**
     * Failures made on purpose, at the client.
     *
     * @param delay before the request is sent
     * @param abort instead of sending it
     */
    public record Fault(@Nullable Delay delay, @Nullable Abort abort) {}

    /**
     * A wait made on purpose.
     *
     * @param fixedDelay how long
     * @param exponentialDelay accepted, without effect
     * @param percentage of requests
     * @param percent of requests, the oldest form
     */
    public record Delay(
            @Nullable Duration fixedDelay,
            @Nullable Duration exponentialDelay,
            @Nullable Percent percentage,
            @Nullable Integer percent) {

        /** Which share of requests is delayed, whichever field says it; none if neither does. */
        public Percent share() {
            if (percentage != null) {
                return percentage;
            }
            return percent == null ? Percent.ZERO : new Percent(percent);
        }
    }

    /**
     * One of the three says how the request ends.
     *
     * @param httpStatus the answer's status
     * @param grpcStatus the answer's gRPC status, by name
     * @param http2Error accepted, without effect
     * @param percentage of requests; null means none
     */
    public record Abort(
            @Nullable Integer httpStatus,
            @Nullable String grpcStatus,
            @Nullable String http2Error,
            @Nullable Percent percentage) {

        /** Which share of requests is aborted. */
        public Percent share() {
            return percentage == null ? Percent.ZERO : percentage;
        }
    }

    /**
     * A place for copies of the request; what comes back is dropped.
     *
     * @param destination of the copies
     * @param percentage of requests that are copied; null means all
     */
    public record Mirror(Destination destination, @Nullable Percent percentage) {

        /** Which share of requests is copied. */
        public Percent share() {
            return percentage == null ? Percent.HUNDRED : percentage;
        }
    }

    /**
     * Which pages of other origins may call, and how.
     *
     * @param allowOrigins origins that may call
     * @param allowOrigin the same, exact values only, the oldest form
     * @param allowMethods methods they may use
     * @param allowHeaders headers they may send
     * @param exposeHeaders headers they may read
     * @param maxAge how long a browser may remember this
     * @param allowCredentials whether cookies may be sent
     * @param unmatchedPreflights what happens to a preflight of another origin
     */
    public record CorsPolicy(
            List<StringMatch> allowOrigins,
            List<String> allowOrigin,
            List<String> allowMethods,
            List<String> allowHeaders,
            List<String> exposeHeaders,
            @Nullable Duration maxAge,
            @Nullable Boolean allowCredentials,
            UnmatchedPreflights unmatchedPreflights) {

        public CorsPolicy {
            allowOrigins = List.copyOf(allowOrigins);
            allowOrigin = List.copyOf(allowOrigin);
            allowMethods = List.copyOf(allowMethods);
            allowHeaders = List.copyOf(allowHeaders);
            exposeHeaders = List.copyOf(exposeHeaders);
        }

        /** The origins that may call, whichever field says it. */
        public List<StringMatch> origins() {
            if (!allowOrigins.isEmpty()) {
                return allowOrigins;
            }
            return allowOrigin.stream().<StringMatch>map(StringMatch.Exact::new).toList();
        }
    }

    /** What happens to a preflight whose origin may not call. */
    public enum UnmatchedPreflights {
        /** As {@link #FORWARD}. */
        UNSPECIFIED,
        /** The app answers it. */
        FORWARD,
        /** The proxy answers it, without permission. */
        IGNORE
    }
}
