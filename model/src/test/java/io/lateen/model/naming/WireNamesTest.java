package io.lateen.model.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireNamesTest {

    @Test
    void readsAClustersName() {
        assertThat(ClusterName.parse("outbound|9080|v1|reviews.default.svc.cluster.local"))
                .contains(
                        ClusterName.outbound(
                                9080, "v1", new Hostname("reviews.default.svc.cluster.local")));
        assertThat(ClusterName.parse("inbound|9080||")).contains(ClusterName.inbound(9080));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outbound|9080|v1|reviews.default.svc.cluster.local",
                "outbound|80||example.com",
                "inbound|9080||"
            })
    void writesAClustersNameAsItWasRead(String name) {
        assertThat(ClusterName.parse(name).orElseThrow()).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PassthroughCluster",
                "",
                "sideways|80||a",
                "outbound||x|a",
                "outbound|8a|x|a",
                "outbound|123456||a",
                "outbound_.80_._.a"
            })
    void knowsOtherNamesFromClusters(String name) {
        assertThat(ClusterName.parse(name)).isEmpty();
    }

    @Test
    void readsANodesId() {
        String id = "sidecar~127.0.1.3~reviews-v1-1.default~default.svc.cluster.local";

        NodeId node = NodeId.parse(id).orElseThrow();

        assertThat(node)
                .isEqualTo(
                        new NodeId(
                                ProxyType.SIDECAR,
                                "127.0.1.3",
                                "reviews-v1-1",
                                "default",
                                "cluster.local"));
        assertThat(node).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sidecar~1.2.3.4~a.b",
                "waiter~1.2.3.4~a.b~b.svc.cluster.local",
                "sidecar~1.2.3.4~a~b.svc.cluster.local",
                "sidecar~1.2.3.4~a.b~c.svc.cluster.local"
            })
    void knowsOtherTextFromNodes(String id) {
        assertThat(NodeId.parse(id)).isEmpty();
    }
}
