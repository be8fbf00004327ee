package io.lateen.authca.kubernetes;

import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose a service account's token is, as the cluster itself says it (TokenReview, {@code
 * authentication.k8s.io/v1}): signature, expiry, audience and whether its pod and account still
 * exist.
 */
public final class AccountTokens {

    private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String POD = "authentication.kubernetes.io/pod-name";

    private final Cluster cluster;
    private final String audience;
    private final TrustDomain domain;

    AccountTokens(Cluster cluster, String audience, TrustDomain domain) {
        this.cluster = cluster;
        this.audience = audience;
        this.domain = domain;
    }

    /** What the cluster says of a token. */
    public sealed interface Review {

        /**
         * It is genuine.
         *
         * @param holder the pod that it was made for, else the account
         */
        record Genuine(SpiffeId identity, String holder) implements Review {}

        /** It is worth nothing here. */
        record Worthless(String reason) implements Review {}
    }

    /**
     * Has a token reviewed.
     *
     * @throws ClusterUnavailable when nobody can say, so that the caller is to ask again
     */
    public Review review(String token) throws ClusterUnavailable, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        request.putObject("spec").put("token", token).putArray("audiences").add(audience);

        JsonNode status = cluster.send("POST", PATH, "application/json", request).path("status");
        if (!status.path("authenticated").asBoolean(false)) {
            return new Review.Worthless(
                    "service account token: the cluster does not accept it: "
                            + status.path("error").asString("no reason given")
                            + "; expected one of a running pod, made for the audience "
                            + audience);
        }
        List<String> audiences = new ArrayList<>();
        status.path("audiences").forEach(each -> audiences.add(each.asString()));
        // A cluster that knows no audiences says nothing here, and its token is good for everybody.
        if (!audiences.contains(audience)) {
            return new Review.Worthless(
                    "service account token: found the audiences "
                            + audiences
                            + ", expected "
                            + audience);
        }
        return named(status.path("user"));
    }

    private Review named(JsonNode user) {
        String name = user.path("username").asString("");
        String[] parts =
                name.startsWith(ACCOUNT)
                        ? name.substring(ACCOUNT.length()).split(":", -1)
                        : new String[0];
        if (parts.length != 2 || !SpiffeId.isSegment(parts[0]) || !SpiffeId.isSegment(parts[1])) {
            return new Review.Worthless(
                    "service account token: found the user "
                            + name
                            + ", expected a service account");
        }
        JsonNode pod = user.path("extra").path(POD).path(0);
        return new Review.Genuine(
                new SpiffeId(domain, parts[0], parts[1]), pod.asString(parts[0] + "/" + parts[1]));
    }
}
