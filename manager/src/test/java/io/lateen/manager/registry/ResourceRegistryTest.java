package io.lateen.manager.registry;

import io.lateen.manager.publish.ScriptedFeed;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Resource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The registry of ServiceEntries. */
final class ResourceRegistryTest implements ServiceRegistryContract {

    private final ScriptedFeed feed = new ScriptedFeed();
    private final ResourceRegistry registry = new ResourceRegistry(feed);
    private long revision = 1;

    @Override
    public ServiceRegistry registry() {
        return registry;
    }

    @Override
    public void serve(String... addresses) {
        String endpoints =
                Arrays.stream(addresses)
                        .map(
                                address ->
                                        "  - {address: %s, labels: {version: v1}}%n"
                                                .formatted(address))
                        .collect(Collectors.joining());
        String yaml =
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: reviews, namespace: default}
                spec:
                  hosts: [reviews.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports:
                  - {number: 9080, name: http, protocol: HTTP, targetPort: 15006}
                  endpoints:
                """
                        + endpoints;
        if (!(new ResourceCodec().decodeAll(yaml).getFirst() instanceof Decoded.Accepted read)) {
            throw new AssertionError(yaml);
        }
        Resource resource = read.resource();
        feed.commit(++revision, Map.of(resource.key(), resource));
    }

    /** PostgreSQL away means that the feed says nothing new. */
    @Override
    public void lose() {}
}
