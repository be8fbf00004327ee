package io.lateen.sidecar.route;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds a virtual host by a request's authority: exact name, then the longest suffix wildcard
 * ({@code *.example.com}), then the longest prefix wildcard ({@code example.*}), then {@code *}.
 *
 * <p>Names are compared without regard to case. A wildcard stands for at least one character, as in
 * Envoy's {@code VirtualHost.domains}.
 *
 * @param <T> what stands for a virtual host
 */
public final class VirtualHostTable<T> {

    private final boolean ignorePort;
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> suffixes = new HashMap<>();
    private final Map<String, T> prefixes = new HashMap<>();
    private int[] suffixLengths = {};
    private int[] prefixLengths = {};
    private @Nullable T any;

    private VirtualHostTable(boolean ignorePort) {
        this.ignorePort = ignorePort;
    }

    /** One domain and whom it leads to. */
    public record Entry<T>(String domain, T host) {}

    /**
     * Builds a table.
     *
     * @param ignorePort whether {@code reviews:9080} is looked up as {@code reviews}
     * @param entries no domain twice, but for its case; the first one counts
     */
    public static <T> VirtualHostTable<T> of(boolean ignorePort, List<Entry<T>> entries) {
        VirtualHostTable<T> table = new VirtualHostTable<>(ignorePort);
        for (Entry<T> entry : entries) {
            table.add(entry.domain().toLowerCase(Locale.ROOT), entry.host());
        }
        if (ignorePort) {
            table.aliasNamesWithPorts();
        }
        table.suffixLengths = lengths(table.suffixes);
        table.prefixLengths = lengths(table.prefixes);
        return table;
    }

    /** The virtual host of {@code authority}, or null when none wants it. */
    public @Nullable T find(String authority) {
        T asWritten = exact.get(authority);
        if (asWritten != null) {
            return asWritten;
        }
        if (exact.isEmpty() && suffixes.isEmpty() && prefixes.isEmpty()) {
            return any;
        }
        String host =
                (ignorePort ? Authority.withoutPort(authority) : authority)
                        .toLowerCase(Locale.ROOT);
        T named = exact.get(host);
        return named != null ? named : findWildcard(host);
    }

    /** The same names, each with what {@code change} makes of its host; called once for each. */
    public <R> VirtualHostTable<R> map(Function<T, R> change) {
        IdentityHashMap<T, R> made = new IdentityHashMap<>();
        Function<T, R> once = host -> made.computeIfAbsent(host, change);
        VirtualHostTable<R> table = new VirtualHostTable<>(ignorePort);
        exact.forEach((name, host) -> table.exact.put(name, once.apply(host)));
        suffixes.forEach((name, host) -> table.suffixes.put(name, once.apply(host)));
        prefixes.forEach((name, host) -> table.prefixes.put(name, once.apply(host)));
        table.suffixLengths = suffixLengths;
        table.prefixLengths = prefixLengths;
        table.any = any == null ? null : once.apply(any);
        return table;
    }

    /** Every name without a wildcard, as it is looked up. */
    public Iterable<String> exactNames() {
        return exact.keySet();
    }

    private @Nullable T findWildcard(String host) {
        for (int length : suffixLengths) {
            if (length < host.length()) {
                T found = suffixes.get(host.substring(host.length() - length));
                if (found != null) {
                    return found;
                }
            }
        }
        for (int length : prefixLengths) {
            if (length < host.length()) {
                T found = prefixes.get(host.substring(0, length));
                if (found != null) {
                    return found;
                }
            }
        }
        return any;
    }

    private void add(String domain, T host) {
        if (domain.equals("*")) {
            any = any == null ? host : any;
        } else if (domain.startsWith("*")) {
            suffixes.putIfAbsent(domain.substring(1), host);
        } else if (domain.endsWith("*")) {
            prefixes.putIfAbsent(domain.substring(0, domain.length() - 1), host);
        } else {
            exact.putIfAbsent(domain, host);
        }
    }

    /**
     * A name with a port is never what is looked up when ports are ignored; it is kept as a second
     * key of the same name without it, so that the common request finds its host by one look-up of
     * the authority as it was sent.
     */
    private void aliasNamesWithPorts() {
        exact.replaceAll((name, host) -> exact.getOrDefault(Authority.withoutPort(name), host));
        exact.keySet().removeIf(name -> !exact.containsKey(Authority.withoutPort(name)));
    }

    private static int[] lengths(Map<String, ?> keys) {
        return keys.keySet().stream()
                .map(String::length)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
