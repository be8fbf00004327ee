package io.lateen.manager.ads;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a proxy says of certificates: a line for each that is faulty, its name, a tab, the fault.
 */
final class CredentialReport {

    /** Whoever says more says nothing worth reading. */
    private static final int MOST_LINES = 1_000;

    private CredentialReport() {}

    static Map<String, String> read(String text) {
        Map<String, String> faults = new TreeMap<>();
        text.lines()
                .limit(MOST_LINES)
                .forEach(
                        line -> {
                            int tab = line.indexOf('\t');
                            if (tab > 0) {
                                faults.put(line.substring(0, tab), line.substring(tab + 1));
                            }
                        });
        return faults;
    }
}
