package io.lateen.manager.distribution;

import io.lateen.manager.ads.Departure;
import io.lateen.manager.ads.ProxyConnection;
import io.lateen.manager.ads.ProxyObserver;
import io.lateen.manager.ads.ProxyProgress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an ADS server sees of proxies. */
final class Watching implements ProxyObserver {

    final List<String> events = new CopyOnWriteArrayList<>();
    final Map<String, ProxyProgress> progress = new ConcurrentHashMap<>();

    @Override
    public void connected(ProxyConnection connection) {
        events.add("connected " + connection.proxy().workload().name());
    }

    @Override
    public void health(ProxyConnection connection, boolean healthy, String message) {
        events.add(healthy ? "healthy" : "unhealthy: " + message);
    }

    @Override
    public void progressed(ProxyConnection connection, ProxyProgress now) {
        progress.put(connection.proxy().workload().name(), now);
    }

    @Override
    public void disconnected(ProxyConnection connection, Departure departure) {
        events.add("disconnected " + connection.proxy().workload().name() + " " + departure);
    }

    long inForce(String workload) {
        ProxyProgress reached = progress.get(workload);
        return reached == null ? 0 : reached.inForceRevision();
    }
}
