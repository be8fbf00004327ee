package io.lateen.manager.translate.route;

import java.util.Map;

/**
 * Whose requests are routed, as far as rules may ask.
 *
 * @param namespace of the client's workload
 * @param labels of the client's workload: those that some rule looks at
 */
public record Source(String namespace, Map<String, String> labels) {

    /** Copies the labels. */
    public Source {
        labels = Map.copyOf(labels);
    }

    /** Whether this client has the labels, and is of the namespace if one is asked for. */
    public boolean fits(Map<String, String> wanted, String namespaceOrEmpty) {
        return labels.entrySet().containsAll(wanted.entrySet())
                && (namespaceOrEmpty.isEmpty() || namespaceOrEmpty.equals(namespace));
    }
}
