package io.lateen.portal.mesh;

import io.lateen.portal.backend.Backend;

/** A backend did not answer, or not with what is expected. Caught where its part is left out. */
final class BackendAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackendAway(Backend backend, String message) {
        super(backend.wireName() + ": " + message, null, false, false);
    }
}
