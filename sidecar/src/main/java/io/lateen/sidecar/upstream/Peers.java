package io.lateen.sidecar.upstream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Whom requests come from, as their sidecars say in {@code x-envoy-peer-metadata} (Istio's metadata
 * exchange). What was read once is kept, so that a request costs a comparison. Confined to one
 * worker's loop.
 *
 * <p>It is a claim, good for telemetry and for nothing else: without TLS anyone can make it.
 */
final class Peers {

    /** More callers than this are read anew each time: memory has a bound, whoever calls. */
    private static final int KEPT = 1_024;

    private static final Value EMPTY = Value.getDefaultInstance();

    private final Map<String, WorkloadFacts> known = new HashMap<>();
    private byte[] lastValue = {};
    private WorkloadFacts last = WorkloadFacts.UNKNOWN;

    /** Reads who sent {@code head}, and takes the headers that say it out: they end here. */
    WorkloadFacts meet(RequestHead head) {
        if (!head.has(HeaderName.X_ENVOY_PEER_METADATA)) {
            head.remove(HeaderName.X_ENVOY_PEER_METADATA_ID);
            return WorkloadFacts.UNKNOWN;
        }
        if (!head.headerEquals(HeaderName.X_ENVOY_PEER_METADATA, lastValue)) {
            String value = head.header(HeaderName.X_ENVOY_PEER_METADATA);
            if (value != null) {
                last = lookUp(value);
                lastValue = ResponseHead.bytes(value);
            }
        }
        head.remove(HeaderName.X_ENVOY_PEER_METADATA);
        head.remove(HeaderName.X_ENVOY_PEER_METADATA_ID);
        return last;
    }

    private WorkloadFacts lookUp(String value) {
        WorkloadFacts seen = known.get(value);
        if (seen != null) {
            return seen;
        }
        WorkloadFacts read = read(value);
        if (known.size() < KEPT) {
            known.put(value, read);
        }
        return read;
    }

    /** What cannot be read says nothing: a request is not refused for its sender's telemetry. */
    private static WorkloadFacts read(String value) {
        try {
            return facts(Struct.parseFrom(Base64.getDecoder().decode(value)));
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            return WorkloadFacts.UNKNOWN;
        }
    }

    private static WorkloadFacts facts(Struct metadata) {
        Struct labels = metadata.getFieldsOrDefault("LABELS", EMPTY).getStructValue();
        String workload = text(metadata, "WORKLOAD_NAME");
        String app = text(labels, "app");
        String version = text(labels, "version");
        return new WorkloadFacts(
                workload,
                text(metadata, "NAMESPACE"),
                app,
                version,
                first(text(labels, "service.istio.io/canonical-name"), app, workload),
                first(text(labels, "service.istio.io/canonical-revision"), version),
                text(metadata, "CLUSTER_ID"),
                text(metadata, "SERVICE_ACCOUNT"));
    }

    private static String text(Struct struct, String field) {
        return struct.getFieldsOrDefault(field, EMPTY).getStringValue();
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
