package io.lateen.manager.ads;

import io.lateen.manager.ads.NodeReader.Read;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.service.Workload;
import java.util.ArrayList;
import java.util.List;

/** Compares what a proxy says of itself with its certificate: who it is, only that can prove. */
final class OwnNode {

    private OwnNode() {}

    /** The proxy, with the certificate's account where it said none; or why it is not its own. */
    static Read check(Read.Accepted accepted, SpiffeId certificate) {
        Proxy proxy = accepted.proxy();
        Workload workload = proxy.workload();
        List<String> problems = new ArrayList<>();
        compare("node.id", proxy.id().namespace(), certificate.namespace(), problems);
        compare("node.metadata.NAMESPACE", workload.namespace(), certificate.namespace(), problems);
        String account = workload.serviceAccount();
        compare(
                "node.metadata.SERVICE_ACCOUNT",
                account.isEmpty() ? certificate.serviceAccount() : account,
                certificate.serviceAccount(),
                problems);
        // To be an endpoint of another namespace's service is to receive what is meant for it.
        int index = 0;
        for (ServedPort served : proxy.servedPorts()) {
            compare(
                    "node.metadata.LATEEN_SERVICES[" + index++ + "].namespace",
                    served.namespace(),
                    certificate.namespace(),
                    problems);
        }
        if (!problems.isEmpty()) {
            return new Read.Foreign(
                    String.join("; ", problems) + ", as its certificate says: " + certificate);
        }
        return account.isEmpty()
                ? new Read.Accepted(
                        proxy.withAccount(certificate.serviceAccount()),
                        accepted.version(),
                        accepted.started())
                : accepted;
    }

    private static void compare(String path, String found, String expected, List<String> problems) {
        if (!found.equals(expected)) {
            problems.add(path + ": found '" + found + "', expected '" + expected + "'");
        }
    }
}
