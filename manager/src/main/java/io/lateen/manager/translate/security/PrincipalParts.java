package io.lateen.manager.translate.security;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Who calls, and other properties of a call: parts that must all hold. One thread. */
final class PrincipalParts {

    private static final Principal ANY = Principal.newBuilder().setAny(true).build();

    private final List<Principal> parts = new ArrayList<>();

    /** One of the values, and none of the others. */
    void add(List<String> values, List<String> notValues, Function<String, Principal> is) {
        if (!values.isEmpty()) {
            parts.add(Principal.newBuilder().setOrIds(set(values, is)).build());
        }
        if (!notValues.isEmpty()) {
            Principal any = Principal.newBuilder().setOrIds(set(notValues, is)).build();
            parts.add(Principal.newBuilder().setNotId(any).build());
        }
    }

    /** Further parts. */
    void addAll(List<Principal> more) {
        parts.addAll(more);
    }

    List<Principal> parts() {
        return List.copyOf(parts);
    }

    /** All of them. */
    Principal all() {
        return Principal.newBuilder()
                .setAndIds(
                        Principal.Set.newBuilder()
                                .addAllIds(parts.isEmpty() ? List.of(ANY) : parts))
                .build();
    }

    /** Nobody at all. */
    static Principal none() {
        return Principal.newBuilder().setNotId(ANY).build();
    }

    static Principal principal(String value) {
        return authenticated(Values.identity(value));
    }

    static Principal namespace(String value) {
        return authenticated(Values.expression(".*/ns/" + Values.quoted(value, ".*") + "/.*"));
    }

    static Principal trustDomain(String value) {
        if (value.contains("*")) {
            return authenticated(
                    Values.expression("spiffe://" + Values.quoted(value, "[^/]*") + "/.*"));
        }
        return authenticated(
                StringMatcher.newBuilder().setPrefix("spiffe://" + value + "/").build());
    }

    /**
     * An account: {@code namespace/name}, or a name of the policy's own namespace.
     *
     * @param own the policy's namespace
     */
    static Principal account(String own, String value) {
        int slash = value.indexOf('/');
        String namespace = slash < 0 ? own : value.substring(0, slash);
        return authenticated(
                Values.expression(
                        "spiffe://.+/ns/"
                                + Pattern.quote(namespace)
                                + "/(.+/|)sa/"
                                + Pattern.quote(value.substring(slash + 1))
                                + "(/.+)?"));
    }

    static Principal address(String value) {
        return Principal.newBuilder().setDirectRemoteIp(Values.range(value)).build();
    }

    static Principal clientAddress(String value) {
        return Principal.newBuilder().setRemoteIp(Values.range(value)).build();
    }

    static Principal header(String name, String value) {
        return Principal.newBuilder().setHeader(Values.header(name, value, false)).build();
    }

    private static Principal authenticated(StringMatcher name) {
        return Principal.newBuilder()
                .setAuthenticated(Principal.Authenticated.newBuilder().setPrincipalName(name))
                .build();
    }

    private static Principal.Set set(List<String> values, Function<String, Principal> is) {
        return Principal.Set.newBuilder().addAllIds(values.stream().map(is).toList()).build();
    }
}
