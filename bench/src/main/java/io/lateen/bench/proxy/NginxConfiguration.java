package io.lateen.bench.proxy;

import java.nio.file.Path;

/** What both nginx of a run say around their server blocks. */
final class NginxConfiguration {

    private NginxConfiguration() {}

    /**
     * A whole configuration with one worker that keeps connections for as long as the run lasts.
     */
    static Path write(Workbench workbench, String name, String servers) {
        String text =
                """
                daemon off;
                worker_processes 1;
                pid %1$s.pid;
                error_log %1$s.error.log;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    keepalive_requests 1000000000;
                    keepalive_timeout 3600s;
                    client_body_temp_path %1$s.body;
                    proxy_temp_path %1$s.proxy;
                    fastcgi_temp_path %1$s.fastcgi;
                    uwsgi_temp_path %1$s.uwsgi;
                    scgi_temp_path %1$s.scgi;
                %2$s
                }
                """
                        .formatted(workbench.file(name), servers.indent(4));
        return Commands.write(workbench.file(name + ".conf"), text);
    }
}
