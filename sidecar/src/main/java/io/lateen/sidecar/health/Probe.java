package io.lateen.sidecar.health;

/** How the application's health is asked. */
public sealed interface Probe {

    /** It takes a connection. */
    record Tcp(String host, int port) implements Probe {}

    /**
     * It answers a GET with 200 to 399.
     *
     * @param path with its leading slash
     */
    record Http(String host, int port, String path) implements Probe {}

    /** It is not asked: it is taken for well. */
    record None() implements Probe {}
}
