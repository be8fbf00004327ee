package io.lateen.sidecar;

/** What {@code --help} prints. */
final class Help {

    private Help() {}

    static final String TEXT =
            """
            A Lateen sidecar: carries a workload's traffic by the rules of its mesh.

            usage: sidecar [flags]    every flag may be set as LATEEN_<FLAG> in the environment too

              --mode sidecar|router         beside a workload (default), or at the mesh's edge
              --manager host:port[,…]       managers to take configuration from
                                            (default 127.0.0.1:15010; with --ca-address
                                            127.0.0.1:15012)
              --address IP                  where to listen, and what the mesh knows this workload
                                            by (default 127.0.0.1)
              --namespace NAME              default: default
              --workload NAME               default: the first service served
              --name NAME                   this copy of the workload (default <workload>-<address>)
              --labels app=x,version=v1     labels that rules select workloads by
              --service-account NAME        default: default
              --cluster-id NAME             default: Kubernetes
              --locality region[/zone[/subzone]]
              --serve service:port[:protocol][=appHost:appPort]
                                            a service that the workload serves; repeatable. The
                                            protocol is http, http2, grpc, tcp, …, or left out: then
                                            it is told by the first bytes
              --dependency service:port=address:port
                                            a socket that stands for a service; repeatable
              --health tcp|http:/path|none  how the application is asked whether it is well
                                            (default tcp when it serves something)
              --concurrency 1..64           event loops (default 2)
              --state-directory DIR         where the last good configuration is kept, and
                                            admin-token, which /drain and /quitquitquit ask for
              --ca-address host:port        the certificate authority: with it the workload has an
                                            identity, and its traffic is encrypted
              --ca-roots FILE               PEM: the roots that the authority's chain must end in
              --join-token-file FILE        a one-time token for the first certificate; or
                                            LATEEN_JOIN_TOKEN in the environment
              --identity-directory DIR      where certificate and key survive a restart, mode 0600
                                            (default: in memory alone)
              --credentials DIR             certificates for those outside the mesh, a folder each:
                                            DIR/<credentialName>/{tls.crt,tls.key,ca.crt,tls.ocsp};
                                            looked at every second (default: none)
              --access-log off|text[:file]|json[:file]
                                            default off; without a file, the standard output
              --reason-header on|off        say in x-lateen-reason why the sidecar answered itself
                                            (default on)
              --http10 on|off               answer HTTP/1.0 on ports declared as HTTP, rather than
                                            with 426 (default off)
              --proxy-protocol off|required|optional
                                            mode router: connections begin with a header of the
                                            PROXY protocol that says whose they are (default off)
              --log-level trace|debug|info|warn|error
              --max-connections 1..1000000  connections of clients at a time (default: half of the
                                            files that the process may have open)
              --propagation SECONDS         how long it waits at the end until all that call it know of
                                            it (default 5); a manager that says so makes it shorter
              --drain SECONDS               how long requests under way may take at the end
                                            (default 45)
              --application-grace SECONDS   how long, at the end, the application's own calls go on
                                            while it is still there (default 25)

            ports on the address: 15001 outbound · 15006 inbound · 15021 readiness · 15090 metrics
                                  15000 admin (loopback alone)

            example
              sidecar --manager 127.0.0.1:15010 --address 127.0.1.3 --workload reviews-v1 \\
                      --labels app=reviews,version=v1 --serve reviews:9080:http
            """;
}
