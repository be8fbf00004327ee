package io.lateen.cli.demo;

import io.lateen.cli.client.KindName;
import io.lateen.cli.client.ManagerClient;
import io.lateen.model.resource.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The rules with which the sample application's page is reachable from outside. */
final class SampleRules {

    /** Named as in Istio's sample, whose file then takes the place of ours. */
    private static final String GATEWAY = "bookinfo-gateway";

    private SampleRules() {}

    /** Brings them in, unless there is a Gateway of that name: then someone has gone further. */
    static void apply(Path folder, ManagerClient client) throws IOException {
        String path = KindName.path(Kind.GATEWAY, Optional.of("default")) + "/" + GATEWAY;
        if (client.find(path).isEmpty()) {
            client.post("/lateen/v1/apply", Files.readString(folder.resolve("ingress.yaml")));
        }
    }
}
