package io.lateen.model.service;

import io.lateen.model.naming.Hostname;

/**
 * An address behind one port of a service.
 *
 * @param service whose endpoint it is
 * @param servicePort the service's port that it serves
 * @param address an IP address, or a DNS name where the service is resolved by DNS
 * @param port on which it listens
 * @param workloadPort on which the app itself listens, behind its sidecar: the one that policies
 *     name
 * @param workload that runs there
 * @param health whether it may be sent traffic
 * @param weight its share among its siblings; 1 where nobody said otherwise
 */
public record Endpoint(
        Hostname service,
        int servicePort,
        String address,
        int port,
        int workloadPort,
        Workload workload,
        Health health,
        int weight) {

    /** An endpoint on which the app itself listens. */
    public Endpoint(
            Hostname service,
            int servicePort,
            String address,
            int port,
            Workload workload,
            Health health,
            int weight) {
        this(service, servicePort, address, port, port, workload, health, weight);
    }
}
