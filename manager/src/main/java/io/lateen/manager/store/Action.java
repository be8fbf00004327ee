package io.lateen.manager.store;

/** What a write did to an object. */
public enum Action {
    /** It did not exist before. */
    CREATED,
    /** Its spec, labels, annotations or field managers changed. */
    UPDATED,
    /** Nothing but its status changed. */
    STATUS,
    /** It is gone; the change holds its last state. */
    DELETED
}
