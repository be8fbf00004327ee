package io.lateen.manager.translate;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.translate.cluster.PolicyFindings;
import io.lateen.manager.translate.quota.LimitFindings;
import io.lateen.manager.translate.route.RuleFindings;
import io.lateen.manager.translate.security.SecurityFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of one snapshot's translation that many proxies share, made once for each kind of them.
 * Any thread; two threads that ask for one kind at once wait for one making.
 */
final class SnapshotTranslation {

    private final MeshSnapshot snapshot;
    private final TranslationSettings settings;
    private final TranslationMemory memory;
    private final LoadAssignments assignments;
    private final List<Finding> findings;
    private final ConcurrentHashMap<ClientKind, Upstreams> upstreams = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientKind, ProxyConfiguration> outbound =
            new ConcurrentHashMap<>();

    SnapshotTranslation(
            MeshSnapshot snapshot, TranslationSettings settings, TranslationMemory memory) {
        this.snapshot = snapshot;
        this.settings = settings;
        this.memory = memory;
        this.assignments = new LoadAssignments(snapshot, memory);
        List<Finding> found = new ArrayList<>(PolicyFindings.of(snapshot));
        found.addAll(RuleFindings.of(snapshot));
        found.addAll(SecurityFindings.of(snapshot));
        found.addAll(LimitFindings.of(snapshot, settings.mixer() != null));
        this.findings = List.copyOf(found);
    }

    MeshSnapshot snapshot() {
        return snapshot;
    }

    /** Findings that follow from the resources alone, whoever the proxies are. */
    List<Finding> findings() {
        return findings;
    }

    /** The clusters and endpoints that a kind of client may call. */
    Upstreams upstreams(ClientKind kind) {
        return upstreams.computeIfAbsent(
                kind, key -> Upstreams.of(snapshot, key, settings.trust(), assignments, memory));
    }

    /** The whole outbound configuration of a kind of client. */
    ProxyConfiguration outbound(ClientKind kind) {
        return outbound.computeIfAbsent(
                kind,
                key ->
                        switch (key.reader()) {
                            case PROXY ->
                                    new SidecarOutbound(upstreams(key), key, settings, memory)
                                            .configuration();
                            case GRPC ->
                                    new GrpcOutbound(upstreams(key), key, settings, memory)
                                            .configuration();
                        });
    }
}
