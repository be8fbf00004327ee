package io.lateen.sidecar.health;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** Asks once, on an event loop. */
final class Prober {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LoopResources loops;

    Prober(LoopResources loops) {
        this.loops = loops;
    }

    /** What {@code probe} finds, within a second. */
    Mono<ProbeResult> ask(Probe probe) {
        return switch (probe) {
            case Probe.None _ -> Mono.just(new ProbeResult.Well());
            case Probe.Tcp(String host, int port) ->
                    connect(host, port)
                            .onErrorResume(
                                    error -> Mono.just(ill("tcp " + host + ":" + port, error)));
            case Probe.Http(String host, int port, String path) -> {
                String url = "http://" + bracketed(host) + ":" + port + path;
                yield get(url).onErrorResume(error -> Mono.just(ill("GET " + url, error)));
            }
        };
    }

    private Mono<ProbeResult> connect(String host, int port) {
        return TcpClient.create(ConnectionProvider.newConnection())
                .runOn(loops)
                .host(host)
                .port(port)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .connect()
                .timeout(PATIENCE)
                .map(
                        connection -> {
                            connection.dispose();
                            return new ProbeResult.Well();
                        });
    }

    private Mono<ProbeResult> get(String url) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .runOn(loops)
                .responseTimeout(PATIENCE)
                .headers(headers -> headers.set("user-agent", "lateen-probe"))
                .get()
                .uri(url)
                .response()
                .timeout(PATIENCE)
                .map(response -> result(url, response));
    }

    private static ProbeResult result(String url, HttpClientResponse response) {
        int status = response.status().code();
        return status >= 200 && status < 400
                ? new ProbeResult.Well()
                : new ProbeResult.Ill("GET " + url + " answered " + status);
    }

    private static ProbeResult ill(String what, Throwable error) {
        return new ProbeResult.Ill(
                what
                        + ": "
                        + (error instanceof TimeoutException
                                ? "no answer within a second"
                                : error.getMessage()));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
