package io.lateen.bench;

import io.lateen.bench.proxy.Haproxy;
import io.lateen.bench.proxy.Nginx;
import io.lateen.bench.proxy.Sidecar;
import io.lateen.bench.proxy.SpringCloudGateway;
import io.lateen.bench.proxy.SystemUnderTest;
import io.lateen.bench.proxy.Workbench;

/** The systems that can be compared, in the order measured. */
enum Systems {
    HAPROXY("haproxy"),
    NGINX("nginx"),
    LATEEN("lateen"),
    SPRING_CLOUD_GATEWAY("spring-cloud-gateway");

    private final String label;

    Systems(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    SystemUnderTest start(Workbench workbench) {
        return switch (this) {
            case HAPROXY -> Haproxy.start(workbench);
            case NGINX -> Nginx.start(workbench);
            case LATEEN -> Sidecar.start(workbench);
            case SPRING_CLOUD_GATEWAY -> SpringCloudGateway.start(workbench);
        };
    }
}
