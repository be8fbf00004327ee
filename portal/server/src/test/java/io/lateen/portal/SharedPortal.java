package io.lateen.portal;

import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One portal with three fake backends for all test classes that do not need one of their own: a
 * start takes seconds. Users are made as they are asked for.
 */
public final class SharedPortal {
    /** The password of every user that is made here. */
    public static final String PASSWORD = "correct horse battery";

    /** Stands for the manager. */
    public static final FakeBackend MANAGER = FakeBackend.start();

    /** Stands for the mixer. */
    public static final FakeBackend MIXER = FakeBackend.start();

    /** Stands for the auth-ca. */
    public static final FakeBackend AUTH_CA = FakeBackend.start();

    /** The address of its database. */
    public static final String DATABASE = EmbeddedDatabase.fresh();

    /** The portal. */
    public static final RunningPortal PORTAL =
            RunningPortal.on(
                    DATABASE,
                    "--lateen.portal.manager-url=" + MANAGER.url(),
                    "--lateen.portal.mixer-url=" + MIXER.url(),
                    "--lateen.portal.auth-ca-url=" + AUTH_CA.url(),
                    "--lateen.portal.backend-timeout=2s");

    private static final Browser ADMIN = PORTAL.administrator();
    private static final Map<String, Boolean> MADE = new ConcurrentHashMap<>();

    private SharedPortal() {}

    /** The first administrator's browser. */
    public static Browser admin() {
        return ADMIN;
    }

    /** A browser of a user with a role in some namespaces. */
    public static Browser signedIn(String user, String role, String... namespaces) {
        MADE.computeIfAbsent(
                user,
                name -> {
                    Browser.Answer made =
                            ADMIN.post(
                                    "/api/v1/users",
                                    Map.of(
                                            "name",
                                            name,
                                            "displayName",
                                            name,
                                            "password",
                                            PASSWORD,
                                            "grants",
                                            List.of(
                                                    Map.of(
                                                            "role",
                                                            role,
                                                            "namespaces",
                                                            List.of(namespaces)))));
                    if (made.status() != 201) {
                        throw new IllegalStateException(made.raw().body());
                    }
                    return true;
                });
        Browser browser = PORTAL.browser();
        browser.signIn(user, PASSWORD);
        return browser;
    }
}
