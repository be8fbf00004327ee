package io.lateen.sidecar.ads;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a manager is told of credentials: a line for each that is faulty. */
final class CredentialReport {

    private CredentialReport() {}

    /** {@code credential shop\tfound no file …}, line by line; empty where all is well. */
    static String text(Map<String, String> faults) {
        return new TreeMap<>(faults)
                .entrySet().stream()
                        .map(each -> line(each.getKey()) + "\t" + line(each.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String line(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }
}
