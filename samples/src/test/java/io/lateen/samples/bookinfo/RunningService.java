package io.lateen.samples.bookinfo;

import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** One service of the application, listening on an address of its own. */
final class RunningService implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final WebServer server;
    private final String address;

    private RunningService(WebServer server, String address) {
        this.server = server;
        this.address = address;
    }

    static RunningService start(String role, String version, Map<String, String> environment)
            throws IOException {
        String address = LoopbackAddresses.next();
        Map<String, String> all = new HashMap<>(environment);
        all.put("BIND_ADDRESS", address);
        all.put("PORT", "0");
        Settings settings = Settings.parse(new String[] {role, version}, all);
        return new RunningService(
                WebServer.listen(settings.listen(), Bookinfo.endpointOf(settings)), address);
    }

    static RunningService start(Endpoint endpoint) throws IOException {
        String address = LoopbackAddresses.next();
        return new RunningService(
                WebServer.listen(new java.net.InetSocketAddress(address, 0), endpoint), address);
    }

    String url() {
        return "http://%s:%d".formatted(address, server.address().getPort());
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
