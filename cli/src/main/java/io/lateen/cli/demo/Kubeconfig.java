package io.lateen.cli.demo;

/** The file that leads kubectl to the manager. */
final class Kubeconfig {

    private Kubeconfig() {}

    /**
     * Its text. The token stands in the address, as kubectl sends no bearer token over plain HTTP;
     * the manager takes it as the password of HTTP's Basic scheme.
     */
    static String render(String address, int port, String token) {
        return """
        apiVersion: v1
        kind: Config
        clusters:
          - name: lateen
            cluster:
              server: http://lateen:%s@%s:%d
        users:
          - name: lateen
            user: {}
        contexts:
          - name: lateen
            context:
              cluster: lateen
              user: lateen
              namespace: default
        current-context: lateen
        """
                .formatted(token, address, port);
    }
}
