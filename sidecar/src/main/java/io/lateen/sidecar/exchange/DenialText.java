package io.lateen.sidecar.exchange;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which policy denied a request, from the names that Istio gives to compiled rules. */
final class DenialText {

    private static final Pattern RULE =
            Pattern.compile("ns\\[([^]]*)]-policy\\[([^]]*)]-rule\\[(\\d+)]");

    private static final int NAMED = 3;

    private DenialText() {}

    /** For a human. */
    static String sentence(Failure.Denied denied) {
        String rule = denied.rule();
        if (rule != null) {
            return "denied by " + readable(rule, true);
        }
        List<String> policies =
                denied.allowing().stream().map(each -> readable(each, false)).distinct().toList();
        if (policies.isEmpty()) {
            return "nothing is allowed here";
        }
        String named = String.join(", ", policies.subList(0, Math.min(NAMED, policies.size())));
        return "no rule allows it; the rules that could are those of "
                + named
                + (policies.size() > NAMED ? " and " + (policies.size() - NAMED) + " more" : "");
    }

    /** Envoy's {@code response_code_details}. */
    static String details(Failure.Denied denied) {
        String rule = denied.rule();
        return "rbac_access_denied_matched_policy[" + (rule == null ? "none" : rule) + "]";
    }

    private static String readable(String rule, boolean numbered) {
        Matcher parts = RULE.matcher(rule);
        if (!parts.matches()) {
            return "policy '" + rule + "'";
        }
        return "AuthorizationPolicy "
                + parts.group(1)
                + "/"
                + parts.group(2)
                + (numbered ? ", rule " + parts.group(3) : "");
    }
}
