package io.lateen.model.naming;

import java.util.Comparator;
import java.util.Locale;

/**
 * The name of a service, as it is registered or as a rule writes it: a DNS name, a short name, an
 * IP address, or a wildcard ({@code *}, {@code *.example.com}). Compared without regard to case, so
 * it is kept in lower case.
 *
 * <p>A name is a wildcard when its first character is {@code *}; it then stands for every name that
 * ends in the rest. {@code *.foo.com} covers {@code a.foo.com} and {@code a.b.foo.com}, and not
 * {@code foo.com}.
 */
public record Hostname(String value) {

    /** The name that covers every other. */
    public static final Hostname ANY = new Hostname("*");

    /**
     * From specific to general: names before wildcards, longer before shorter, then by the
     * alphabet.
     */
    public static final Comparator<Hostname> MOST_SPECIFIC_FIRST =
            Comparator.comparing(Hostname::isWildcard)
                    .thenComparingInt(host -> -host.value().length())
                    .thenComparing(Hostname::value);

    /**
     * Checks what it is made of.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public Hostname {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("host: found an empty name, expected a host name");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    /** Whether this stands for many names. */
    public boolean isWildcard() {
        return value.charAt(0) == '*';
    }

    /** Whether some name is covered by both: symmetric, each side may be a wildcard. */
    public boolean matches(Hostname other) {
        if (isWildcard() && other.isWildcard()) {
            return suffix().endsWith(other.suffix()) || other.suffix().endsWith(suffix());
        }
        if (isWildcard()) {
            return other.value.endsWith(suffix());
        }
        if (other.isWildcard()) {
            return value.endsWith(other.suffix());
        }
        return value.equals(other.value);
    }

    /** Whether every name that this covers is covered by the other, too. */
    public boolean subsetOf(Hostname other) {
        if (isWildcard()) {
            return other.isWildcard() && suffix().endsWith(other.suffix());
        }
        return other.isWildcard() ? value.endsWith(other.suffix()) : value.equals(other.value);
    }

    /**
     * The full name of a host that a rule may write short: a name without a dot lives in the rule's
     * namespace, everything else is full already.
     *
     * @param name as written: {@code reviews}, {@code reviews.default.svc.cluster.local}, {@code *}
     * @param namespace of the rule
     * @param domain of the mesh, {@code cluster.local}
     */
    public static Hostname resolve(String name, String namespace, String domain) {
        if (name.indexOf('.') >= 0 || name.indexOf(':') >= 0 || name.startsWith("*")) {
            return new Hostname(name);
        }
        return new Hostname(name + "." + namespace + ".svc." + domain);
    }

    /** This host in full, as {@link #resolve(String, String, String)} does. */
    public Hostname resolve(String namespace, String domain) {
        return resolve(value, namespace, domain);
    }

    private String suffix() {
        return value.substring(1);
    }

    @Override
    public String toString() {
        return value;
    }
}
