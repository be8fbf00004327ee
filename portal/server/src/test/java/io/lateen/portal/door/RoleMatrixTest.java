package io.lateen.portal.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.portal.BookinfoFixture;
import io.lateen.portal.Browser;
import io.lateen.portal.SharedPortal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may do what, for every operation that the description knows: one that is not in the table
 * fails the build.
 */
final class RoleMatrixTest {
    private static final String ANYBODY = "anybody";
    private static final String SIGNED_IN = "signed in";
    private static final String ADMIN = "admin";

    private static final Map<String, String> NEEDED =
            Map.ofEntries(
                    Map.entry("getSignInMethods", ANYBODY),
                    Map.entry("signIn", ANYBODY),
                    Map.entry("reportPolicyViolation", ANYBODY),
                    Map.entry("getSession", SIGNED_IN),
                    Map.entry("changePassword", SIGNED_IN),
                    Map.entry("listSessions", SIGNED_IN),
                    Map.entry("endSession", SIGNED_IN),
                    Map.entry("getOverview", SIGNED_IN),
                    Map.entry("getGraph", SIGNED_IN),
                    Map.entry("tidyGraph", SIGNED_IN),
                    Map.entry("listServices", SIGNED_IN),
                    Map.entry("streamEvents", SIGNED_IN),
                    Map.entry("signOut", SIGNED_IN),
                    Map.entry("listAudit", ADMIN),
                    Map.entry("listUsers", ADMIN),
                    Map.entry("createUser", ADMIN),
                    Map.entry("changeUser", ADMIN),
                    Map.entry("resetPassword", ADMIN));

    @Test
    void everyOperationIsOpenToWhomTheTableSaysAndNobodyElse() throws IOException {
        BookinfoFixture.tell();
        Map<String, Browser> callers = new LinkedHashMap<>();
        callers.put(ANYBODY, SharedPortal.PORTAL.browser());
        callers.put("viewer", SharedPortal.signedIn("matrix-viewer", "viewer", "default"));
        callers.put("operator", SharedPortal.signedIn("matrix-operator", "operator", "*"));
        callers.put("approver", SharedPortal.signedIn("matrix-approver", "approver", "*"));
        callers.put("admin of one", SharedPortal.signedIn("matrix-part", "admin", "default"));
        callers.put(ADMIN, SharedPortal.signedIn("matrix-admin", "admin", "*"));
        JsonNode paths =
                JsonMapper.builder()
                        .build()
                        .readTree(Files.readString(Path.of("../ui/api/openapi.json")))
                        .path("paths");
        int checked = 0;
        for (String path : paths.propertyNames()) {
            for (String method : paths.path(path).propertyNames()) {
                String operation = paths.path(path).path(method).path("operationId").asString("");
                if (operation.equals("signOut")) {
                    continue; // It would end the callers' sessions: SignInTest has it.
                }
                assertThat(NEEDED).as("who may do %s", operation).containsKey(operation);
                for (var caller : callers.entrySet()) {
                    check(
                            caller.getKey(),
                            Objects.requireNonNull(NEEDED.get(operation)),
                            caller.getValue()
                                    .status(
                                            method.toUpperCase(Locale.ROOT),
                                            path.replaceAll("\\{\\w+}", "nothing")),
                            operation);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(90);
    }

    private static void check(String caller, String needed, int status, String operation) {
        boolean stranger = caller.equals(ANYBODY);
        boolean allowed =
                switch (needed) {
                    case ANYBODY -> true;
                    case SIGNED_IN -> !stranger;
                    default -> caller.equals(ADMIN);
                };
        if (allowed) {
            assertThat(status)
                    .as("%s by %s", operation, caller)
                    .isNotEqualTo(401)
                    .isNotEqualTo(403);
        } else {
            assertThat(status).as("%s by %s", operation, caller).isEqualTo(stranger ? 401 : 403);
        }
    }
}
