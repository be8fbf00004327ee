package io.lateen.manager.ads;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A delta client under a test's control, with a manager's stream behind it and no network. */
final class DeltaClient {

    final ScriptedTimers timers = new ScriptedTimers();
    final ScriptedListener listener = new ScriptedListener();
    final Subscriptions subscriptions = new Subscriptions();
    private final Deque<DeltaDiscoveryResponse> inbox = new ArrayDeque<>();
    private final DeltaStream stream =
            new DeltaStream(subscriptions, ControlPlane.getDefaultInstance(), inbox::add);
    final PushSequencer manager =
            new PushSequencer(subscriptions, stream, timers, new Backoff(new Random(1)), listener);

    /** Asks for everything of a type, or for names. */
    void subscribe(String type, String... names) {
        send(type, request -> request.addAllResourceNamesSubscribe(Arrays.asList(names)));
    }

    void unsubscribe(String type, String... names) {
        send(type, request -> request.addAllResourceNamesUnsubscribe(Arrays.asList(names)));
    }

    /** Comes back after a lost stream. */
    void resume(String type, Map<String, String> held, String... names) {
        send(
                type,
                request ->
                        request.addAllResourceNamesSubscribe(Arrays.asList(names))
                                .putAllInitialResourceVersions(held));
    }

    /** The only response that is there, in words: {@code cds +a=1 +b=1 -c}. */
    String receive() {
        return words(inbox.getFirst());
    }

    /** Takes the response that is there, agrees to it, and returns it in words. */
    String accept() {
        DeltaDiscoveryResponse response = inbox.removeFirst();
        send(
                words(response).substring(0, 3),
                request -> request.setResponseNonce(response.getNonce()));
        return words(response);
    }

    String reject(String why) {
        DeltaDiscoveryResponse response = inbox.removeFirst();
        send(
                words(response).substring(0, 3),
                request ->
                        request.setResponseNonce(response.getNonce())
                                .setErrorDetail(Status.newBuilder().setMessage(why)));
        return words(response);
    }

    boolean isQuiet() {
        return inbox.isEmpty();
    }

    int waiting() {
        return inbox.size();
    }

    private void send(
            String type, java.util.function.Consumer<DeltaDiscoveryRequest.Builder> with) {
        send(Targets.type(type), with);
    }

    private void send(
            ResourceType type, java.util.function.Consumer<DeltaDiscoveryRequest.Builder> with) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
        with.accept(request);
        stream.receive(type, request.build(), manager);
    }

    private static String words(DeltaDiscoveryResponse response) {
        StringBuilder words =
                new StringBuilder(ResourceType.of(response.getTypeUrl()).orElseThrow().shortName());
        TreeSet<String> sorted = new TreeSet<>();
        response.getResourcesList()
                .forEach(r -> sorted.add(" +" + r.getName() + "=" + r.getVersion()));
        response.getRemovedResourcesList().forEach(name -> sorted.add(" -" + name));
        sorted.forEach(words::append);
        return words.toString();
    }
}
