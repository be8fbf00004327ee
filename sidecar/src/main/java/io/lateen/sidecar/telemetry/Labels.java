package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * The label values of a series, in the order of {@link Metrics#TRAFFIC_LABELS}.
 *
 * @param self the workload whose sidecar this is
 */
record Labels(WorkloadFacts self) {

    private static final String UNKNOWN = "unknown";

    List<String> http(HttpSeries.Key key) {
        List<String> values =
                traffic(
                        key.inbound(),
                        key.cluster(),
                        key.destination(),
                        key.peer(),
                        key.principals(),
                        key.grpc() ? "grpc" : "http",
                        key.flags());
        values.add(Integer.toString(key.status()));
        values.add(key.grpcStatus() < 0 ? "" : Integer.toString(key.grpcStatus()));
        return values;
    }

    List<String> tcp(TcpSeries.Key key) {
        return traffic(
                key.inbound(),
                key.cluster(),
                key.destination(),
                WorkloadFacts.UNKNOWN,
                key.principals(),
                "tcp",
                key.flags());
    }

    private List<String> traffic(
            boolean inbound,
            ClusterFacts cluster,
            WorkloadFacts endpoint,
            WorkloadFacts peer,
            Principals principals,
            String protocol,
            int flags) {
        WorkloadFacts source = inbound ? peer : self;
        WorkloadFacts destination = inbound ? self : endpoint;
        List<String> values = new ArrayList<>(25);
        values.add(inbound ? "destination" : "source");
        values.add(known(source.workload()));
        values.add(known(source.canonicalService()));
        values.add(revision(source.canonicalRevision()));
        values.add(known(source.namespace()));
        values.add(known(principals.source()));
        values.add(known(source.app()));
        values.add(known(source.version()));
        values.add(known(source.clusterId()));
        values.add(known(destination.workload()));
        values.add(known(destination.namespace()));
        values.add(known(principals.destination()));
        values.add(known(destination.app()));
        values.add(known(destination.version()));
        values.add(known(cluster.serviceHost()));
        values.add(known(destination.canonicalService()));
        values.add(revision(destination.canonicalRevision()));
        // A cluster that stands for no service is named itself: PassthroughCluster.
        values.add(
                cluster.serviceName().isEmpty() ? known(cluster.cluster()) : cluster.serviceName());
        values.add(known(cluster.serviceNamespace()));
        values.add(known(destination.clusterId()));
        values.add(protocol);
        values.add(ResponseFlag.text(flags));
        // The calling side says nothing, as in Istio: what it asked for is not what was done.
        values.add(inbound ? (principals.mutual() ? "mutual_tls" : "none") : UNKNOWN);
        return values;
    }

    private static String known(String text) {
        return text.isEmpty() ? UNKNOWN : text;
    }

    private static String revision(String text) {
        return text.isEmpty() ? "latest" : text;
    }
}
