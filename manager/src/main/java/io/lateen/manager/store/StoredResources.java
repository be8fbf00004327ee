package io.lateen.manager.store;

import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.Spec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored objects as resources. Thread-safe. */
final class StoredResources {

    private static final Logger log = LoggerFactory.getLogger(StoredResources.class);

    private final ResourceCodec codec = new ResourceCodec();

    /** The resource that an object is; empty for a namespace, or for one that is set aside. */
    Optional<Resource> read(StoredObject object) {
        return ResourceNames.kind(object.key().type()).flatMap(kind -> read(kind, object));
    }

    private Optional<Resource> read(Kind kind, StoredObject object) {
        try {
            Spec spec = codec.decodeSpec(kind, object.body().spec());
            return Optional.of(new Resource(kind, metadata(object), spec));
        } catch (RuntimeException e) {
            // It was accepted once, by another version of the manager perhaps: it is set aside
            // alone, and the mesh goes on without it.
            log.error(
                    "A stored resource cannot be read and is set aside key={} revision={}",
                    object.key(),
                    object.revision(),
                    e);
            return Optional.empty();
        }
    }

    private static Metadata metadata(StoredObject object) {
        return new Metadata(
                object.key().namespace(),
                object.key().name(),
                object.stamp().uid().toString(),
                // Not that of a later write of the status: the same bytes on every manager.
                object.stamp().applied(),
                object.stamp().generation(),
                object.stamp().created(),
                object.marks().labels(),
                object.marks().annotations());
    }
}
