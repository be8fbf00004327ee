package io.lateen.model.service;

import io.lateen.model.naming.Hostname;

/**
 * An address behind one port of a service.
 *
 * @param service whose endpoint it is
 * @param servicePort the service's port that it serves
 * @param address an IP address, or a DNS name where the service is resolved by DNS
 * @param port on which it listens
 * @param workload that runs there
 * @param health whether it may be sent traffic
 * @param weight its share among its siblings; 1 where nobody said otherwise
 */
public record Endpoint(
        Hostname service,
        int servicePort,
        String address,
        int port,
        Workload workload,
        Health health,
        int weight) {}
