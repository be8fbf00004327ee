package io.lateen.sidecar.ads;

/** Where a manager serves xDS. */
public record ManagerAddress(String host, int port) {

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
