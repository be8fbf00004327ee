package io.lateen.cli.workload;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload to run.
 *
 * @param service the service that it serves, such as {@code reviews}
 * @param version such as {@code v2}; becomes the label {@code version}
 * @param namespace such as {@code default}
 * @param address the loopback address that application and sidecar share
 * @param port the service's port, and where the application listens
 * @param protocol as in Istio's port names ({@code http}, {@code tcp}, …); sniffed when empty
 * @param serviceAccount whom it runs as
 * @param labels more labels
 * @param dependencies {@code service:port=address:port}, each a listener of its own
 * @param health how the sidecar asks the application: {@code tcp}, {@code http:/path}, {@code none}
 * @param command the application
 */
public record WorkloadPlan(
        String service,
        String version,
        String namespace,
        String address,
        int port,
        Optional<String> protocol,
        Optional<String> serviceAccount,
        Map<String, String> labels,
        List<String> dependencies,
        String health,
        List<String> command) {

    private static final int OUTBOUND_PORT = 15001;

    /** Copies the collections. */
    public WorkloadPlan {
        labels = Map.copyOf(labels);
        dependencies = List.copyOf(dependencies);
        command = List.copyOf(command);
    }

    /** The workload's name: {@code reviews-v2}. */
    public String workload() {
        return service + "-" + version;
    }

    /** The service account that it runs as. */
    public String account() {
        return serviceAccount.orElse("default");
    }

    /** This copy's name: {@code reviews-v2-127.0.1.4}. */
    public String instance() {
        return workload() + "-" + address;
    }

    /**
     * The arguments of its sidecar.
     *
     * @param manager where managers are, {@code host:port[,host:port…]}
     * @param state the sidecar's own folder
     */
    List<String> sidecarArguments(String manager, Path state) {
        List<String> arguments = new java.util.ArrayList<>();
        arguments.addAll(List.of("--mode", "sidecar"));
        arguments.addAll(List.of("--manager", manager));
        arguments.addAll(List.of("--address", address));
        arguments.addAll(List.of("--namespace", namespace));
        arguments.addAll(List.of("--workload", workload()));
        arguments.addAll(List.of("--name", instance()));
        arguments.addAll(List.of("--labels", allLabels()));
        serviceAccount.ifPresent(
                account -> arguments.addAll(List.of("--service-account", account)));
        String suffix = protocol.map(name -> ":" + name).orElse("");
        arguments.addAll(List.of("--serve", service + ":" + port + suffix));
        dependencies.forEach(it -> arguments.addAll(List.of("--dependency", it)));
        arguments.addAll(List.of("--health", health));
        arguments.addAll(List.of("--state-directory", state.toString()));
        return arguments;
    }

    private String allLabels() {
        Map<String, String> all = new java.util.TreeMap<>(labels);
        all.putIfAbsent("app", service);
        all.putIfAbsent("version", version);
        return all.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(java.util.stream.Collectors.joining(","));
    }

    /** What the application finds in its environment. */
    Map<String, String> applicationEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        String proxy = "http://%s:%d".formatted(address, OUTBOUND_PORT);
        String direct = "localhost,127.0.0.1," + address;
        environment.put("HTTP_PROXY", proxy);
        environment.put("http_proxy", proxy);
        environment.put("NO_PROXY", direct);
        environment.put("no_proxy", direct);
        environment.put("BIND_ADDRESS", address);
        environment.put("PORT", Integer.toString(port));
        environment.put("LATEEN_ADDRESS", address);
        environment.put("LATEEN_NAME", instance());
        environment.put("LATEEN_WORKLOAD", workload());
        environment.put("LATEEN_SERVICE", service);
        environment.put("LATEEN_VERSION", version);
        environment.put("LATEEN_NAMESPACE", namespace);
        return environment;
    }
}
