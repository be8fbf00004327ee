package io.lateen.authca.kubernetes;

import io.lateen.authca.authority.Authority;
import io.lateen.identity.Pem;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the ConfigMap with the mesh's roots as it is to be: applied at the start and again every
 * half minute, whatever somebody did to it in between. Its own thread; every replica writes the
 * same.
 */
final class RootsPublication implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RootsPublication.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Authority authority;
    private final String name;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("roots-publication").factory());
    private boolean failing;
    private volatile boolean running;

    RootsPublication(Cluster cluster, Authority authority, String name) {
        this.cluster = cluster;
        this.authority = authority;
        this.name = name;
    }

    @Override
    public void start() {
        running = true;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::publish, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private void publish() {
        try {
            String namespace = cluster.namespace();
            ObjectNode map = JsonNodeFactory.instance.objectNode();
            map.put("apiVersion", "v1").put("kind", "ConfigMap");
            map.putObject("metadata").put("name", name).put("namespace", namespace);
            map.putObject("data").put("roots.pem", Pem.write(authority.roots()));
            // Server-side apply: makes it where it is missing, and takes the field where it is not.
            var _ =
                    cluster.send(
                            "PATCH",
                            "/api/v1/namespaces/"
                                    + namespace
                                    + "/configmaps/"
                                    + name
                                    + "?fieldManager=lateen-auth-ca&force=true",
                            "application/apply-patch+yaml",
                            map);
            if (failing) {
                log.info("The roots are published again. configMap={}/{}", namespace, name);
            }
            failing = false;
        } catch (ClusterUnavailable e) {
            if (!failing) {
                log.warn("The roots cannot be published; trying on. configMap={}", name, e);
            }
            failing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
