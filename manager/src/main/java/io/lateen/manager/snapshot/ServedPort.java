package io.lateen.manager.snapshot;

import io.lateen.model.service.Protocol;

/**
 * One port that the workload beside a proxy serves.
 *
 * @param service the service's short name, {@code reviews}
 * @param namespace the service's namespace
 * @param port the service's port, the one that clients name
 * @param name the port's name, possibly empty
 * @param protocol what is spoken there
 * @param inboundPort the port that the proxy listens on for it
 * @param appAddress the address that the application listens on
 * @param appPort the port that the application listens on
 */
public record ServedPort(
        String service,
        String namespace,
        int port,
        String name,
        Protocol protocol,
        int inboundPort,
        String appAddress,
        int appPort) {}
