package io.lateen.sidecar.health;

import java.util.concurrent.CompletableFuture;
import reactor.netty.resources.LoopResources;

/** Whether the application is there at all, well or not. May be asked on any thread. */
public final class Presence {

    private final Probe probe;
    private final Prober prober;

    /** Of the application that {@code probe} asks. */
    public Presence(Probe probe, LoopResources loops) {
        this.probe = probe;
        this.prober = new Prober(loops);
    }

    /** Whether it takes connections, within a second; false for one whose port is not known. */
    public CompletableFuture<Boolean> listens() {
        return switch (probe) {
            case Probe.None _ -> CompletableFuture.completedFuture(false);
            case Probe.Tcp tcp -> connects(tcp);
            case Probe.Http(String host, int port, _) -> connects(new Probe.Tcp(host, port));
        };
    }

    private CompletableFuture<Boolean> connects(Probe.Tcp tcp) {
        return prober.ask(tcp).toFuture().thenApply(ProbeResult.Well.class::isInstance);
    }
}
