package io.lateen.samples.bookinfo;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a process of the sample application is told by its arguments and its environment.
 *
 * <p>Arguments: the role, and the version (default {@code v1}). Environment: {@code BIND_ADDRESS}
 * (default 127.0.0.1), {@code PORT} (default 9080), {@code HTTP_PROXY} or {@code http_proxy} (the
 * sidecar; none by default), {@code LATEEN_NAME} and {@code LATEEN_CLUSTER} (who it says it is),
 * and {@code DETAILS_URL}, {@code REVIEWS_URL}, {@code RATINGS_URL} (default {@code
 * http://details:9080} and so on).
 *
 * @param role which service this is
 * @param listen where it listens
 * @param instance who it says it is
 * @param proxy where its own calls go, if not straight to the service
 * @param backends the address of each service by its role
 */
record Settings(
        Role role,
        InetSocketAddress listen,
        Instance instance,
        Optional<URI> proxy,
        Map<Role, URI> backends) {

    private static final int BOOKINFO_PORT = 9080;
    private static final int LAST_PORT = 65_535;

    Settings {
        backends = Map.copyOf(backends);
    }

    String version() {
        return instance.version();
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException with a sentence for the user when one is wrong
     */
    static Settings parse(String[] arguments, Map<String, String> environment) {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException(
                    "expected a role (%s) and a version, such as 'reviews v2'; found %d arguments"
                            .formatted(Role.names(), arguments.length));
        }
        Role role = Role.named(arguments[0]);
        String version = arguments.length == 2 ? arguments[1] : "v1";
        if (role == Role.REVIEWS) {
            Stars.of(version);
        }
        InetSocketAddress listen =
                new InetSocketAddress(
                        environment.getOrDefault("BIND_ADDRESS", "127.0.0.1"), port(environment));
        String pod =
                environment.getOrDefault(
                        "LATEEN_NAME",
                        "%s-%s-%s".formatted(role.serviceName(), version, listen.getHostString()));
        Instance instance =
                new Instance(pod, environment.getOrDefault("LATEEN_CLUSTER", "local"), version);
        return new Settings(role, listen, instance, proxy(environment), backends(environment));
    }

    private static int port(Map<String, String> environment) {
        String text = environment.getOrDefault("PORT", Integer.toString(BOOKINFO_PORT));
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, together with a number that is out of range.
        }
        throw new IllegalArgumentException(
                "PORT: found '%s', expected a number from 0 to 65535".formatted(text));
    }

    private static Optional<URI> proxy(Map<String, String> environment) {
        String text =
                environment.getOrDefault("http_proxy", environment.getOrDefault("HTTP_PROXY", ""));
        if (text.isBlank()) {
            return Optional.empty();
        }
        URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
        if (proxy.getHost() == null || proxy.getPort() < 0) {
            throw new IllegalArgumentException(
                    "HTTP_PROXY: found '%s', expected http://host:port".formatted(text));
        }
        return Optional.of(proxy);
    }

    private static Map<Role, URI> backends(Map<String, String> environment) {
        Map<Role, URI> backends = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String url =
                    environment.getOrDefault(
                            role.name().toUpperCase(Locale.ROOT) + "_URL",
                            "http://%s:%d".formatted(role.serviceName(), BOOKINFO_PORT));
            backends.put(role, URI.create(url));
        }
        return backends;
    }
}
