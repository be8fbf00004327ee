package io.lateen.charts;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.Map;

/**
 * Reads an object as its Kubernetes kind, strictly: what the kind does not have, or lacks and
 * needs, is refused, as an API server refuses it.
 */
final class Kinds {

    private static final Map<String, Class<?>> KINDS =
            Map.ofEntries(
                    Map.entry("v1/Secret", V1Secret.class),
                    Map.entry("v1/Service", V1Service.class),
                    Map.entry("v1/ServiceAccount", V1ServiceAccount.class),
                    Map.entry("apps/v1/Deployment", V1Deployment.class),
                    Map.entry("apps/v1/StatefulSet", V1StatefulSet.class),
                    Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class),
                    Map.entry("networking.k8s.io/v1/Ingress", V1Ingress.class),
                    Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class),
                    Map.entry("rbac.authorization.k8s.io/v1/Role", V1Role.class),
                    Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding.class),
                    Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", V1ClusterRole.class),
                    Map.entry(
                            "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
                            V1ClusterRoleBinding.class));

    private Kinds() {}

    /**
     * {@code object} as its kind, every object below it included.
     *
     * @throws IllegalArgumentException naming the kind, the field and what was found
     */
    static Object read(JsonObject object) {
        String kind =
                object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException(
                    "kind: found " + kind + ", expected one of " + KINDS.keySet());
        }
        return JSON.getGson().fromJson(object, type);
    }
}
