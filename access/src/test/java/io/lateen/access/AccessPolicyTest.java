package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which role a method and a path need. */
final class AccessPolicyTest {
    private static final AccessPolicy POLICY =
            AccessPolicy.open("/livez", "/lateen/v1/roots")
                    .writing("/lateen/v1/tokens", Role.ADMIN)
                    .using("/lateen/v1/audit", Role.APPROVER);

    @ParameterizedTest(name = "{0} {1} needs {2}")
    @CsvSource({
        "GET, /livez, none",
        "HEAD, /livez, none",
        "POST, /livez, operator",
        "GET, /livez/, viewer",
        "GET, /livez;a=b, viewer",
        "GET, /lateen/v1/roots, none",
        "GET, /lateen/v1/rootsandmore, viewer",
        "GET, /lateen/v1/certificates, viewer",
        "OPTIONS, /lateen/v1/certificates, viewer",
        "POST, /lateen/v1/certificates, operator",
        "DELETE, /lateen/v1/certificates/1, operator",
        "PROPFIND, /lateen/v1/certificates, operator",
        "GET, /lateen/v1/tokens, viewer",
        "POST, /lateen/v1/tokens, admin",
        "DELETE, /lateen/v1/tokens/7, admin",
        "POST, /lateen/v1/%74okens, admin",
        "POST, /lateen/v1/tokens;x=y, admin",
        "DELETE, /lateen/v1/tokens;x=y/7, admin",
        "POST, /lateen/v1/tokens-of-others, operator",
        "GET, /lateen/v1/audit, approver",
        "GET, /lateen/v1/audit/today, approver",
        "POST, /lateen/v1/audit, approver",
    })
    void asks(String method, String path, String role) {
        Optional<String> needed = POLICY.needed(method, path).map(Role::word);

        assertThat(needed.orElse("none")).isEqualTo(role);
    }

    @ParameterizedTest(name = "{0} covers {1}")
    @CsvSource({
        "viewer, viewer",
        "operator, viewer operator",
        "approver, viewer operator approver",
        "admin, viewer operator approver admin",
    })
    void everyRoleCoversThoseBeforeIt(String role, String covered) {
        List<String> found =
                List.of(Role.values()).stream()
                        .filter(needed -> Role.of(role).orElseThrow().covers(needed))
                        .map(Role::word)
                        .toList();

        assertThat(String.join(" ", found)).isEqualTo(covered);
    }
}
