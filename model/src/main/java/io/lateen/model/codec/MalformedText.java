package io.lateen.model.codec;

import io.lateen.model.validation.Violation;

/** A text that is neither YAML nor JSON; the message says where and what stands there. */
public final class MalformedText extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedText(Violation fault) {
        super(fault.message());
    }
}
