package io.lateen.manager.translate.cluster;

import io.lateen.manager.snapshot.ServiceIndex;
import io.lateen.manager.translate.security.ClientEncryption;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.resource.TrafficPolicy.ClientTls;
import io.lateen.model.resource.TrafficPolicy.ClientTlsMode;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a kind of client encrypts what it sends to a service: as a DestinationRule says, else with
 * certificates wherever the endpoint has one too.
 *
 * @param service that is called
 * @param identities that its workloads may have; empty for any of the mesh
 * @param trust whose identities are the mesh's
 * @param certified whether the client has a certificate to show
 */
public record ServiceEncryption(
        Service service, List<String> identities, TrustDomains trust, boolean certified) {

    /** Copies the list. */
    public ServiceEncryption {
        identities = List.copyOf(identities);
    }

    /** How a kind of client encrypts what it sends to a service. */
    public static ServiceEncryption of(
            ServiceIndex services, Service service, TrustDomains trust, boolean certified) {
        return new ServiceEncryption(
                service,
                certified ? identities(services, service, trust) : List.of(),
                trust,
                certified);
    }

    /** How one port of the service or of a subset is called. */
    public ClientEncryption of(ServicePort port, String subset, PortTraffic traffic) {
        ClientTls tls = traffic.tls();
        if (tls != null
                && (tls.mode() == ClientTlsMode.SIMPLE || tls.mode() == ClientTlsMode.MUTUAL)) {
            return OutsideNames.serverName(tls, service.hostname())
                    .map(name -> ClientEncryption.outside(tls, name))
                    .orElse(ClientEncryption.NONE);
        }
        if (!certified) {
            return ClientEncryption.NONE;
        }
        if (tls == null) {
            return service.meshExternal()
                    ? ClientEncryption.NONE
                    : ClientEncryption.ofMesh(
                            ClientEncryption.Mode.WHERE_KNOWN,
                            identities,
                            trust,
                            serverName(port, subset));
        }
        if (tls.mode() != ClientTlsMode.ISTIO_MUTUAL) {
            return ClientEncryption.NONE;
        }
        String sni = tls.sni();
        return ClientEncryption.ofMesh(
                ClientEncryption.Mode.ALWAYS,
                tls.subjectAltNames().isEmpty() ? identities : tls.subjectAltNames(),
                trust,
                sni == null || sni.isEmpty() ? serverName(port, subset) : sni);
    }

    /** Those of the accounts that its workloads run as, and those that it names itself. */
    private static List<String> identities(
            ServiceIndex services, Service service, TrustDomains trust) {
        Stream<String> accounts =
                services.accounts(service).stream()
                        .flatMap(
                                account ->
                                        trust
                                                .identities(account.namespace(), account.name())
                                                .stream());
        return Stream.concat(accounts, service.subjectAltNames().stream()).distinct().toList();
    }

    private String serverName(ServicePort port, String subset) {
        return "outbound_.%d_.%s_.%s".formatted(port.number(), subset, service.hostname().value());
    }
}
