package io.lateen.manager.ads;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A state-of-the-world client under a test's control, with a manager's stream behind it. */
final class SotwClient {

    final ScriptedTimers timers = new ScriptedTimers();
    final ScriptedListener listener = new ScriptedListener();
    final Subscriptions subscriptions = new Subscriptions();
    private final Deque<DiscoveryResponse> inbox = new ArrayDeque<>();
    private final Map<String, List<String>> names = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, String> nonces = new HashMap<>();
    private final SotwStream stream =
            new SotwStream(subscriptions, ControlPlane.getDefaultInstance(), inbox::add);
    final PushSequencer manager =
            new PushSequencer(subscriptions, stream, timers, new Backoff(new Random(1)), listener);

    /** Says which names it wants from now on; none on the first request means all. */
    void subscribe(String type, String... now) {
        names.put(type, Arrays.asList(now));
        send(type, request -> {});
    }

    /** Comes back after a lost stream with the version that it holds. */
    void resume(String type, String version, String... now) {
        versions.put(type, version);
        subscribe(type, now);
    }

    /** Takes the response that is there, agrees to it, and returns it: {@code cds a=1 b=1}. */
    String accept() {
        DiscoveryResponse response = inbox.removeFirst();
        String type = typeOf(response);
        versions.put(type, response.getVersionInfo());
        nonces.put(type, response.getNonce());
        send(type, request -> {});
        return words(response);
    }

    String reject(String why) {
        DiscoveryResponse response = inbox.removeFirst();
        String type = typeOf(response);
        nonces.put(type, response.getNonce());
        send(type, request -> request.setErrorDetail(Status.newBuilder().setMessage(why)));
        return words(response);
    }

    boolean isQuiet() {
        return inbox.isEmpty();
    }

    String version(String type) {
        return versions.getOrDefault(type, "");
    }

    void send(String type, Consumer<DiscoveryRequest.Builder> with) {
        DiscoveryRequest.Builder request =
                DiscoveryRequest.newBuilder()
                        .setTypeUrl(Targets.type(type).url())
                        .setVersionInfo(versions.getOrDefault(type, ""))
                        .setResponseNonce(nonces.getOrDefault(type, ""))
                        .addAllResourceNames(names.getOrDefault(type, List.of()));
        with.accept(request);
        stream.receive(Targets.type(type), request.build(), manager);
    }

    private static String typeOf(DiscoveryResponse response) {
        return ResourceType.of(response.getTypeUrl()).orElseThrow().shortName();
    }

    private static String words(DiscoveryResponse response) {
        TreeSet<String> sorted = new TreeSet<>();
        response.getResourcesList().forEach(body -> sorted.add(body.getValue().toStringUtf8()));
        return (typeOf(response) + " " + String.join(" ", sorted)).trim();
    }
}
