package io.lateen.model.validation;

import io.lateen.model.document.Node;

/** Lists of gateways: {@code mesh}, {@code name} or {@code namespace/name}. */
final class GatewayNames {

    private GatewayNames() {}

    static void check(Node gateways, Violations violations) {
        for (Node gateway : gateways.items()) {
            gateway.text()
                    .filter(name -> !isName(name))
                    .ifPresent(
                            name ->
                                    violations.add(
                                            gateway.path(),
                                            gateway.shown(),
                                            "mesh, a Gateway's name, or namespace/name"));
        }
    }

    private static boolean isName(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Syntax.isDnsName(name);
        }
        return Syntax.isDnsLabel(name.substring(0, slash))
                && Syntax.isDnsLabel(name.substring(slash + 1));
    }
}
