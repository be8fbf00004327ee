package io.lateen.manager.ads;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Protocol;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A proxy, read from the node of its first request. */
final class NodeReaderTest {

    private static final String ID =
            "sidecar~127.0.1.3~reviews-v1-1.default~default.svc.cluster.local";

    @Test
    void readsAllThatASidecarSays() {
        Node node =
                node(
                                ID,
                                """
                                {"NAME": "reviews-v1-1", "NAMESPACE": "default",
                                 "WORKLOAD_NAME": "reviews-v1", "SERVICE_ACCOUNT": "bookinfo",
                                 "LABELS": {"app": "reviews", "version": "v1"},
                                 "INSTANCE_IPS": "127.0.1.3,::1", "LATEEN_STARTED": 1763800000000,
                                 "INTERCEPTION_MODE": "NONE",
                                 "LATEEN_SERVICES": [{"service": "reviews", "namespace": "shop",
                                   "port": 9080, "name": "http", "protocol": "",
                                   "inboundPort": 15006, "appAddress": "127.0.0.1",
                                   "appPort": 8080}]}
                                """)
                        .toBuilder()
                        .setUserAgentName("lateen-sidecar")
                        .setUserAgentVersion("0.1.0")
                        .setLocality(Locality.newBuilder().setRegion("eu").setZone("eu-1"))
                        .build();

        NodeReader.Read.Accepted read = (NodeReader.Read.Accepted) NodeReader.read(node);

        Proxy proxy = read.proxy();
        assertThat(proxy.type()).isEqualTo(ProxyType.SIDECAR);
        assertThat(proxy.address()).isEqualTo("127.0.1.3");
        assertThat(proxy.domain()).isEqualTo("cluster.local");
        assertThat(proxy.workload().name()).isEqualTo("reviews-v1-1");
        assertThat(proxy.workload().workloadName()).isEqualTo("reviews-v1");
        assertThat(proxy.workload().serviceAccount()).isEqualTo("bookinfo");
        assertThat(proxy.workload().labels()).isEqualTo(Map.of("app", "reviews", "version", "v1"));
        assertThat(proxy.workload().locality().toString()).isEqualTo("eu/eu-1");
        assertThat(proxy.servedPorts())
                .containsExactly(
                        new ServedPort(
                                "reviews",
                                "shop",
                                9080,
                                "http",
                                Protocol.HTTP,
                                15006,
                                "127.0.0.1",
                                8080));
        assertThat(proxy.metadata())
                .as("two starts of a proxy have equal configurations")
                .containsEntry("INTERCEPTION_MODE", "NONE")
                .doesNotContainKey("LATEEN_STARTED");
        assertThat(read.started()).isEqualTo(Instant.ofEpochMilli(1763800000000L));
        assertThat(read.version()).isEqualTo("lateen-sidecar 0.1.0");
    }

    @Test
    void aClientThatSaysOnlyItsIdIsAWorkloadOfThatName() {
        NodeReader.Read.Accepted read = (NodeReader.Read.Accepted) NodeReader.read(node(ID, "{}"));

        assertThat(read.proxy().workload().name()).isEqualTo("reviews-v1-1");
        assertThat(read.proxy().workload().namespace()).isEqualTo("default");
        assertThat(read.proxy().servedPorts()).isEmpty();
    }

    @Test
    void refusesAnIdOfAnotherFormAndSaysWhichIsExpected() {
        NodeReader.Read.Refused read =
                (NodeReader.Read.Refused) NodeReader.read(node("my-envoy", "{}"));

        assertThat(read.message())
                .contains("node.id", "my-envoy", "<sidecar|router>~<ip>~<name>.<namespace>");
    }

    @Test
    void refusesAServedPortWithEveryFaultInIt() {
        NodeReader.Read.Refused read =
                (NodeReader.Read.Refused)
                        NodeReader.read(
                                node(
                                        ID,
                                        """
                                        {"LATEEN_SERVICES": [{"port": 0, "protocol": "SPDY",
                                          "inboundPort": 15006.5, "appPort": 80}]}
                                        """));

        assertThat(read.message())
                .contains("LATEEN_SERVICES[0].service: found nothing")
                .contains("LATEEN_SERVICES[0].port: found 0, expected 1..65535")
                .contains("LATEEN_SERVICES[0].protocol: found \"SPDY\"")
                .contains("LATEEN_SERVICES[0].inboundPort: found 15006.5");
    }

    private static Node node(String id, String metadata) {
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(metadata, struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
        return Node.newBuilder().setId(id).setMetadata(struct).build();
    }
}
