package io.lateen.manager.snapshot;

import io.lateen.model.resource.Resource;
import io.lateen.model.service.Service;
import java.util.Comparator;

/** Who comes first where several claim the same: the oldest, then by name, then by namespace. */
public final class Precedence {

    /** Among resources. */
    public static final Comparator<Resource> OLDEST_RESOURCE_FIRST =
            Comparator.comparing((Resource resource) -> resource.metadata().creationTimestamp())
                    .thenComparing(resource -> resource.metadata().name())
                    .thenComparing(resource -> resource.metadata().namespace())
                    .thenComparing(Resource::kind);

    /** Among services that several registries report under one hostname. */
    public static final Comparator<Service> OLDEST_SERVICE_FIRST =
            Comparator.comparing(Service::creationTimestamp)
                    .thenComparing(Service::name)
                    .thenComparing(Service::namespace)
                    .thenComparing(Service::origin);

    private Precedence() {}
}
