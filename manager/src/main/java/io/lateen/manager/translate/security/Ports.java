package io.lateen.manager.translate.security;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import java.util.OptionalInt;

/**
 * How rules about ports are answered: they mean the workload's ports.
 *
 * @param known the workload's port behind a chain; empty where the dialled port is the workload's
 *     and is not known beforehand
 */
public record Ports(OptionalInt known) {

    /** The dialled port is asked for. */
    public static final Ports DIALLED = new Ports(OptionalInt.empty());

    /** Calls come in for this port of the workload, whatever port was dialled. */
    public static Ports of(int workloadPort) {
        return new Ports(OptionalInt.of(workloadPort));
    }

    Permission is(int port) {
        if (known.isEmpty()) {
            return Permission.newBuilder().setDestinationPort(port).build();
        }
        Permission any = Permission.newBuilder().setAny(true).build();
        return known.getAsInt() == port ? any : Permission.newBuilder().setNotRule(any).build();
    }
}
