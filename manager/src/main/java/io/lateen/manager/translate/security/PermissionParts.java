package io.lateen.manager.translate.security;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import io.lateen.manager.translate.envoy.Deterministic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is called: parts that must all hold. One thread. */
final class PermissionParts {

    private static final Permission ANY = Permission.newBuilder().setAny(true).build();

    private final List<Permission> parts = new ArrayList<>();

    /** One of the values, and none of the others. */
    void add(List<String> values, List<String> notValues, Function<String, Permission> is) {
        if (!values.isEmpty()) {
            parts.add(Permission.newBuilder().setOrRules(set(values, is)).build());
        }
        if (!notValues.isEmpty()) {
            Permission any = Permission.newBuilder().setOrRules(set(notValues, is)).build();
            parts.add(Permission.newBuilder().setNotRule(any).build());
        }
    }

    /** Further parts. */
    void addAll(List<Permission> more) {
        parts.addAll(more);
    }

    List<Permission> parts() {
        return List.copyOf(parts);
    }

    /** All of them. */
    Permission all() {
        return Permission.newBuilder()
                .setAndRules(
                        Permission.Set.newBuilder()
                                .addAllRules(parts.isEmpty() ? List.of(ANY) : parts))
                .build();
    }

    /** Nothing at all. */
    static Permission none() {
        return Permission.newBuilder().setNotRule(ANY).build();
    }

    static Permission host(String value) {
        return Permission.newBuilder().setHeader(Values.header(":authority", value, true)).build();
    }

    static Permission method(String value) {
        return Permission.newBuilder().setHeader(Values.header(":method", value, false)).build();
    }

    /** A path without its query, or a template in which whole segments are left open. */
    static Permission path(String value) {
        if (value.contains("{*}") || value.contains("{**}")) {
            String template = value.replace("{**}", "**").replace("{*}", "*");
            Any config =
                    Deterministic.any(
                            UriTemplateMatchConfig.newBuilder().setPathTemplate(template).build());
            return Permission.newBuilder()
                    .setUriTemplate(
                            TypedExtensionConfig.newBuilder()
                                    .setName("uri-template")
                                    .setTypedConfig(config))
                    .build();
        }
        return Permission.newBuilder()
                .setUrlPath(PathMatcher.newBuilder().setPath(Values.text(value)))
                .build();
    }

    static Permission address(String value) {
        return Permission.newBuilder().setDestinationIp(Values.range(value)).build();
    }

    static Permission serverName(String value) {
        return Permission.newBuilder().setRequestedServerName(Values.text(value)).build();
    }

    private static Permission.Set set(List<String> values, Function<String, Permission> is) {
        return Permission.Set.newBuilder().addAllRules(values.stream().map(is).toList()).build();
    }
}
