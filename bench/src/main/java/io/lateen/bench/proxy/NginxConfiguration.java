package io.lateen.bench.proxy;

import java.nio.file.Path;

/** What every nginx of a run says around its server blocks. */
final class NginxConfiguration {

    private NginxConfiguration() {}

    /**
     * A whole configuration (where an administrator runs it the workers stay what they are: others
     * may not read a run's folder) with one worker that keeps connections for as long as the run
     * lasts.
     *
     * @param stream a block for bytes; may be empty
     */
    static Path write(Workbench workbench, String name, String servers, String stream) {
        String text =
                """
                %3$s
                daemon off;
                user root root;
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
                %4$s
                """
                        .formatted(
                                workbench.file(name),
                                servers.indent(4),
                                stream.isEmpty() ? "" : "load_module " + STREAM_MODULE + ";",
                                stream);
        return Commands.write(workbench.file(name + ".conf"), text);
    }

    /** Where Debian's libnginx-mod-stream puts it. */
    private static final Path STREAM_MODULE =
            Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
}
