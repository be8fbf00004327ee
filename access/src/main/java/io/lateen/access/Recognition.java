package io.lateen.access;

/** What came of a token. */
sealed interface Recognition {

    /** It is somebody's. */
    record Known(Caller caller) implements Recognition {}

    /**
     * It is nobody's.
     *
     * @param why for the caller: nothing that helps a guesser
     */
    record Refused(String why) implements Recognition {}
}
