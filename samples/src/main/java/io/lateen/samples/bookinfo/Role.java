package io.lateen.samples.bookinfo;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which of bookinfo's services a process is. */
enum Role {
    PRODUCTPAGE,
    DETAILS,
    REVIEWS,
    RATINGS;

    /** The name of the service in the mesh, as in Istio's bookinfo. */
    String serviceName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.serviceName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "role: found '%s', expected one of %s"
                                                .formatted(name, names())));
    }

    static String names() {
        return Arrays.stream(values()).map(Role::serviceName).collect(Collectors.joining(", "));
    }
}
