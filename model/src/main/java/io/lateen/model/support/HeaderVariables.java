package io.lateen.model.support;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command operators that sidecars know in the values of headers; as the sidecar's {@code
 * filter.headers}.
 */
final class HeaderVariables {

    private static final Pattern ANY = Pattern.compile("%(%|[^%]*%?)");
    private static final Pattern OPERATOR =
            Pattern.compile("%([A-Z_]+)(?:\\(([^)]*)\\))?(?::\\d{1,5})?%");

    private static final Set<String> WITHOUT_ARGUMENT =
            Set.of(
                    "DOWNSTREAM_REMOTE_ADDRESS",
                    "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
                    "DOWNSTREAM_REMOTE_PORT",
                    "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
                    "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
                    "DOWNSTREAM_LOCAL_ADDRESS",
                    "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT",
                    "DOWNSTREAM_LOCAL_PORT",
                    "DOWNSTREAM_PEER_URI_SAN",
                    "REQUESTED_SERVER_NAME",
                    "UPSTREAM_REMOTE_ADDRESS",
                    "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
                    "UPSTREAM_REMOTE_PORT",
                    "UPSTREAM_HOST",
                    "UPSTREAM_LOCAL_ADDRESS",
                    "UPSTREAM_CLUSTER",
                    "ROUTE_NAME",
                    "PROTOCOL",
                    "START_TIME",
                    "BYTES_RECEIVED",
                    "RESPONSE_CODE",
                    "RESPONSE_FLAGS");

    private static final Set<String> OF_A_HEADER = Set.of("REQ", "RESP");
    private static final Pattern NAMES =
            Pattern.compile(":?[-!#$&'*+.^_`|~0-9A-Za-z]+(\\?:?[-!#$&'*+.^_`|~0-9A-Za-z]+)?");

    private HeaderVariables() {}

    /** The first thing between percent signs that no sidecar knows, with them. */
    static Optional<String> unknown(String value) {
        Matcher found = ANY.matcher(value);
        while (found.find()) {
            if (!found.group().equals("%%") && !isKnown(found.group())) {
                return Optional.of(found.group());
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String operator) {
        Matcher parts = OPERATOR.matcher(operator);
        if (!parts.matches()) {
            return false;
        }
        String argument = parts.group(2);
        return argument == null
                ? WITHOUT_ARGUMENT.contains(parts.group(1))
                : OF_A_HEADER.contains(parts.group(1)) && NAMES.matcher(argument).matches();
    }
}
