package io.lateen.model.service;

/**
 * A port of a service.
 *
 * @param number on which clients call it, 1 to 65535
 * @param name unique within the service
 * @param protocol what is spoken on it
 * @param targetPort on which the workloads listen, unless an endpoint says otherwise
 */
public record ServicePort(int number, String name, Protocol protocol, int targetPort) {}
