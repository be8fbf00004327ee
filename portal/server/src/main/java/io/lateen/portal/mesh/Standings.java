package io.lateen.portal.mesh;

import io.lateen.portal.caller.Grants;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Sums up sidecars and certificates for one caller. Values in, values out. */
final class Standings {
    private static final int NAMED = 50;

    private Standings() {}

    static SidecarStanding sidecars(List<Proxy> all, long lastRevision, Grants grants) {
        List<Proxy> seen =
                all.stream()
                        .filter(proxy -> grants.see(proxy.namespace()))
                        .sorted(Comparator.comparing(Proxy::node))
                        .toList();
        List<SidecarStanding.Lagging> lagging =
                seen.stream()
                        .filter(proxy -> !proxy.inForce())
                        .map(
                                proxy ->
                                        new SidecarStanding.Lagging(
                                                proxy.namespace(),
                                                proxy.name(),
                                                Long.toString(proxy.revision()),
                                                proxy.since(),
                                                proxy.refused()))
                        .toList();
        return new SidecarStanding(
                Long.toString(lastRevision),
                seen.size(),
                seen.size() - lagging.size(),
                lagging.subList(0, Math.min(lagging.size(), NAMED)));
    }

    static CertificateStanding certificates(List<Certificate> newest, Instant now, Grants grants) {
        List<Certificate> seen =
                newest.stream()
                        .filter(certificate -> grants.see(certificate.namespace()))
                        .filter(certificate -> certificate.notAfter().isAfter(now))
                        .sorted(Comparator.comparing(Certificate::notAfter))
                        .toList();
        return new CertificateStanding(
                seen.size(),
                seen.stream()
                        .filter(certificate -> certificate.endsSoon(now))
                        .limit(NAMED)
                        .map(
                                certificate ->
                                        new CertificateStanding.Expiring(
                                                certificate.identity(),
                                                certificate.serial(),
                                                certificate.notAfter()))
                        .toList(),
                seen.isEmpty() ? null : seen.getFirst().notAfter());
    }
}
