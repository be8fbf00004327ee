package io.lateen.model.validation;

import io.lateen.model.document.Node;
import io.lateen.model.service.Protocol;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of protocols. */
final class Protocols {

    private static final String KNOWN =
            Arrays.stream(Protocol.values())
                    .filter(protocol -> protocol != Protocol.UNDECLARED)
                    .map(Protocol::written)
                    .collect(Collectors.joining(", "));

    private Protocols() {}

    /** A protocol, where one is written. */
    static void check(Node protocol, Violations violations) {
        if (protocol.text()
                .filter(name -> !name.isEmpty() && Protocol.named(name).isEmpty())
                .isPresent()) {
            violations.add(protocol.path(), protocol.shown(), "one of " + KNOWN);
        }
    }
}
