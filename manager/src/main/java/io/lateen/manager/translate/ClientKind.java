package io.lateen.manager.translate;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.cluster.OutboundCluster.Reader;
import io.lateen.manager.translate.endpoint.ClientPlace;
import io.lateen.manager.translate.route.Source;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the outbound configuration of a proxy depends on: proxies of one kind share it.
 *
 * @param source namespace and those labels that rules look at
 * @param reader whose client reads the configuration
 * @param certified whether the client has a certificate to show
 * @param place where the client is, if any rule asks for it
 */
record ClientKind(Source source, Reader reader, boolean certified, ClientPlace place) {

    static ClientKind of(MeshSnapshot snapshot, Proxy proxy) {
        Map<String, String> labels = new TreeMap<>(proxy.workload().labels());
        labels.keySet().retainAll(snapshot.clientLabelKeys());
        return new ClientKind(
                new Source(proxy.namespace(), labels),
                proxy.isProxylessGrpc() ? Reader.GRPC : Reader.PROXY,
                proxy.speaksMutualTls(),
                snapshot.localityRules().count()
                        ? ClientPlace.of(proxy.workload(), snapshot.localityRules().labelKeys())
                        : ClientPlace.ANYWHERE);
    }
}
