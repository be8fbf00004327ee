package io.lateen.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role a request needs before anything else runs, by its method and path: somewhere, for
 * where it needs it is known only to who reads the request further. Immutable.
 */
public final class AccessPolicy {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<String> open;
    private final List<Demand> demands;

    private AccessPolicy(Set<String> open, List<Demand> demands) {
        this.open = Set.copyOf(open);
        this.demands = List.copyOf(demands);
    }

    /**
     * {@link Role#VIEWER} to read, {@link Role#OPERATOR} to write, and nothing for some paths.
     *
     * @param paths to read without a token, exactly as they are asked for
     */
    public static AccessPolicy open(String... paths) {
        return new AccessPolicy(Set.of(paths), List.of());
    }

    /**
     * The same, but writes at a path and below it need another role.
     *
     * @param path such as {@code /lateen/v1/tokens}
     */
    public AccessPolicy writing(String path, Role needed) {
        List<Demand> more = new ArrayList<>(demands);
        more.add(new Demand(path, true, needed));
        return new AccessPolicy(open, more);
    }

    /** The same, but all that is done at a path and below it needs another role. */
    public AccessPolicy using(String path, Role needed) {
        List<Demand> more = new ArrayList<>(demands);
        more.add(new Demand(path, false, needed));
        return new AccessPolicy(open, more);
    }

    /** The role that a request needs; empty when it needs none. */
    Optional<Role> needed(String method, String path) {
        boolean reading = READING.contains(method);
        if (reading && open.contains(path)) {
            return Optional.empty();
        }
        Role needed = reading ? Role.VIEWER : Role.OPERATOR;
        PathContainer asked = PathContainer.parsePath(path);
        for (Demand demand : demands) {
            // The strictest of those that fit: their order decides nothing.
            if (demand.fits(reading, asked) && demand.needed().covers(needed)) {
                needed = demand.needed();
            }
        }
        return Optional.of(needed);
    }

    /** Matches as the router does, so that no spelling of a path reaches a handler around it. */
    private record Demand(PathPattern pattern, boolean writesOnly, Role needed) {
        Demand(String path, boolean writesOnly, Role needed) {
            this(PathPatternParser.defaultInstance.parse(path + "/{*below}"), writesOnly, needed);
        }

        boolean fits(boolean reading, PathContainer asked) {
            return !(reading && writesOnly) && pattern.matches(asked);
        }
    }
}
