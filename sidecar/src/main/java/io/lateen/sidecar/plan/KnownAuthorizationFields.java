package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;

/** What this sidecar understands of messages about authorization, as {@link KnownFields}. */
final class KnownAuthorizationFields {

    private KnownAuthorizationFields() {}

    private static final Shape PATH =
            Shape.of(PathMatcher::getDescriptor)
                    .with(PathMatcher.PATH_FIELD_NUMBER, KnownFields.STRING_MATCHER);

    static final Shape URI_TEMPLATE =
            Shape.of(UriTemplateMatchConfig::getDescriptor)
                    .with(UriTemplateMatchConfig.PATH_TEMPLATE_FIELD_NUMBER);

    private static final Shape RULES =
            Shape.of(RBAC::getDescriptor)
                    .with(RBAC.ACTION_FIELD_NUMBER)
                    .with(
                            RBAC.POLICIES_FIELD_NUMBER,
                            // An entry of a map: its key is field 1, its value field 2.
                            Shape.of(() -> null)
                                    .with(1)
                                    .with(
                                            2,
                                            Shape.of(Policy::getDescriptor)
                                                    .with(
                                                            Policy.PERMISSIONS_FIELD_NUMBER,
                                                            permission())
                                                    .with(
                                                            Policy.PRINCIPALS_FIELD_NUMBER,
                                                            principal())));

    // Prefixes and the names of statistics say nothing while rules of no effect keep none.
    static final Shape HTTP_FILTER =
            Shape.of(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC::getDescriptor)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .http
                                    .rbac
                                    .v3
                                    .RBAC
                                    .RULES_FIELD_NUMBER,
                            RULES)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .http
                                    .rbac
                                    .v3
                                    .RBAC
                                    .SHADOW_RULES_FIELD_NUMBER,
                            RULES)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .http
                                    .rbac
                                    .v3
                                    .RBAC
                                    .RULES_STAT_PREFIX_FIELD_NUMBER,
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .http
                                    .rbac
                                    .v3
                                    .RBAC
                                    .SHADOW_RULES_STAT_PREFIX_FIELD_NUMBER);

    static final Shape NETWORK_FILTER =
            Shape.of(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC::getDescriptor)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .network
                                    .rbac
                                    .v3
                                    .RBAC
                                    .RULES_FIELD_NUMBER,
                            RULES)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .network
                                    .rbac
                                    .v3
                                    .RBAC
                                    .SHADOW_RULES_FIELD_NUMBER,
                            RULES)
                    .with(
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .network
                                    .rbac
                                    .v3
                                    .RBAC
                                    .STAT_PREFIX_FIELD_NUMBER,
                            io.envoyproxy
                                    .envoy
                                    .extensions
                                    .filters
                                    .network
                                    .rbac
                                    .v3
                                    .RBAC
                                    .SHADOW_RULES_STAT_PREFIX_FIELD_NUMBER);

    // What is metadata is known whole: see ConditionFactory.
    private static Shape permission() {
        Shape permission = Shape.of(Permission::getDescriptor);
        Shape set =
                Shape.of(Permission.Set::getDescriptor)
                        .with(Permission.Set.RULES_FIELD_NUMBER, permission);
        return permission
                .with(
                        Permission.ANY_FIELD_NUMBER,
                        Permission.DESTINATION_IP_FIELD_NUMBER,
                        Permission.DESTINATION_PORT_FIELD_NUMBER,
                        Permission.DESTINATION_PORT_RANGE_FIELD_NUMBER,
                        Permission.METADATA_FIELD_NUMBER)
                .with(Permission.AND_RULES_FIELD_NUMBER, set)
                .with(Permission.OR_RULES_FIELD_NUMBER, set)
                .with(Permission.NOT_RULE_FIELD_NUMBER, permission)
                .with(Permission.HEADER_FIELD_NUMBER, KnownFields.HEADER_MATCHER)
                .with(Permission.URL_PATH_FIELD_NUMBER, PATH)
                .with(Permission.REQUESTED_SERVER_NAME_FIELD_NUMBER, KnownFields.STRING_MATCHER)
                .with(
                        Permission.URI_TEMPLATE_FIELD_NUMBER,
                        Shape.of(TypedExtensionConfig::getDescriptor)
                                .with(
                                        TypedExtensionConfig.NAME_FIELD_NUMBER,
                                        TypedExtensionConfig.TYPED_CONFIG_FIELD_NUMBER));
    }

    private static Shape principal() {
        Shape principal = Shape.of(Principal::getDescriptor);
        Shape set =
                Shape.of(Principal.Set::getDescriptor)
                        .with(Principal.Set.IDS_FIELD_NUMBER, principal);
        return principal
                .with(
                        Principal.ANY_FIELD_NUMBER,
                        Principal.SOURCE_IP_FIELD_NUMBER,
                        Principal.DIRECT_REMOTE_IP_FIELD_NUMBER,
                        Principal.REMOTE_IP_FIELD_NUMBER,
                        Principal.METADATA_FIELD_NUMBER)
                .with(
                        Principal.AUTHENTICATED_FIELD_NUMBER,
                        Shape.of(Principal.Authenticated::getDescriptor)
                                .with(
                                        Principal.Authenticated.PRINCIPAL_NAME_FIELD_NUMBER,
                                        KnownFields.STRING_MATCHER))
                .with(Principal.AND_IDS_FIELD_NUMBER, set)
                .with(Principal.OR_IDS_FIELD_NUMBER, set)
                .with(Principal.NOT_ID_FIELD_NUMBER, principal)
                .with(Principal.HEADER_FIELD_NUMBER, KnownFields.HEADER_MATCHER)
                .with(Principal.URL_PATH_FIELD_NUMBER, PATH);
    }
}
