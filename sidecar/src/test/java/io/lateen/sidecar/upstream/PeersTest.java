package io.lateen.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PeersTest {

    private final Peers peers = new Peers();

    @Test
    void readsWhoSentARequestAndTakesTheHeadersOut() {
        RequestHead head = from("caller-v1", "caller");

        WorkloadFacts facts = peers.meet(head);

        assertThat(facts)
                .isEqualTo(
                        new WorkloadFacts(
                                "caller-v1", "shop", "caller", "v1", "caller", "v1", "", ""));
        assertThat(head.has(HeaderName.X_ENVOY_PEER_METADATA)).isFalse();
        assertThat(head.has(HeaderName.X_ENVOY_PEER_METADATA_ID)).isFalse();
    }

    @Test
    void theSameSenderIsTheSameInstance() {
        WorkloadFacts first = peers.meet(from("caller-v1", "caller"));
        WorkloadFacts other = peers.meet(from("other-v1", "other"));
        WorkloadFacts again = peers.meet(from("caller-v1", "caller"));

        assertThat(again).isSameAs(first).isNotEqualTo(other);
    }

    @Test
    void aRequestWithoutOrWithABrokenClaimIsFromNobodyKnown() {
        RequestHead broken = new RequestHead();
        broken.add(HeaderName.X_ENVOY_PEER_METADATA, ResponseHead.bytes("%%%"));

        assertThat(peers.meet(broken)).isSameAs(WorkloadFacts.UNKNOWN);
        assertThat(peers.meet(new RequestHead())).isSameAs(WorkloadFacts.UNKNOWN);
    }

    private static RequestHead from(String workload, String app) {
        Struct labels =
                Struct.newBuilder()
                        .putFields("app", text(app))
                        .putFields("version", text("v1"))
                        .build();
        Struct metadata =
                Struct.newBuilder()
                        .putFields("WORKLOAD_NAME", text(workload))
                        .putFields("NAMESPACE", text("shop"))
                        .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
                        .build();
        RequestHead head = new RequestHead();
        head.add(HeaderName.X_ENVOY_PEER_METADATA_ID, ResponseHead.bytes("sidecar~" + workload));
        head.add(
                HeaderName.X_ENVOY_PEER_METADATA,
                ResponseHead.bytes(Base64.getEncoder().encodeToString(metadata.toByteArray())));
        return head;
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
