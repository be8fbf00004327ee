package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Role × what is needed × namespace. */
final class CallerTest {

    /** {@code grants} as {@code role@namespace+namespace}; {@code -} lies in no namespace. */
    @ParameterizedTest(name = "{0}: {1} in {2} is {3}")
    @CsvSource({
        "viewer@*, viewer, default, true",
        "viewer@*, viewer, -, true",
        "viewer@*, operator, default, false",
        "viewer@*, admin, default, false",
        "viewer@default, viewer, default, true",
        "viewer@default, viewer, shop, false",
        "viewer@default, viewer, -, false",
        "operator@default, viewer, default, true",
        "operator@default, operator, default, true",
        "operator@default, operator, shop, false",
        "operator@default, operator, -, false",
        "operator@default, approver, default, false",
        "operator@default+shop, operator, shop, true",
        "operator@*, operator, anything, true",
        "operator@*, operator, -, true",
        "operator@*, admin, -, false",
        "approver@shop, operator, shop, true",
        "approver@shop, admin, shop, false",
        "admin@*, admin, -, true",
        "admin@shop, admin, shop, true",
        "admin@shop, admin, -, false",
        "viewer@* operator@shop, operator, shop, true",
        "viewer@* operator@shop, operator, default, false",
        "viewer@* operator@shop, viewer, default, true",
        "operator@Default, operator, default, false",
    })
    void may(String grants, String needed, String namespace, boolean expected) {
        Role role = Role.of(needed).orElseThrow();
        String place = namespace.equals("-") ? "" : namespace;
        Caller caller = caller(grants);

        assertThat(caller.may(role, place)).isEqualTo(expected);
        assertThat(caller.denial(role, place).isEmpty()).isEqualTo(expected);
    }

    @Test
    void saysWhatWasFoundAndWhatIsNeeded() {
        assertThat(caller("viewer@* operator@shop+default").denial(Role.OPERATOR, "payments"))
                .contains(
                        "ada is viewer everywhere, operator in default, shop,"
                                + " expected operator in payments");
    }

    @Test
    void aCallerWithoutGrantsMayNothing() {
        Caller nobody = new Caller("eve", List.of());

        assertThat(nobody.maySomewhere(Role.VIEWER)).isFalse();
        assertThat(nobody.denial(Role.VIEWER, "default"))
                .contains("eve is nothing here, expected viewer in default");
    }

    @Test
    void aGrantHoldsSomewhere() {
        assertThatThrownBy(() -> new Grant(Role.ADMIN, Set.of()))
                .hasMessageContaining("found none");
        assertThatThrownBy(() -> new Grant(Role.ADMIN, Set.of("*", "default")))
                .hasMessageContaining("* beside others");
        assertThatThrownBy(() -> new Grant(Role.ADMIN, Set.of(" ")))
                .hasMessageContaining("not blank");
    }

    private static Caller caller(String grants) {
        return new Caller(
                "ada",
                Arrays.stream(grants.split(" ", -1))
                        .map(
                                grant -> {
                                    String[] parts = grant.split("@", 2);
                                    return new Grant(
                                            Role.of(parts[0]).orElseThrow(),
                                            Set.of(parts[1].split("\\+", -1)));
                                })
                        .toList());
    }
}
