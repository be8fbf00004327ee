package io.lateen.mixer.quota;

/**
 * How a limit stands after a demand.
 *
 * @param granted whether the demand was within it
 * @param remaining how much is left of this window
 * @param resetNanos until the window ends and all is there again
 */
public record Standing(Limit limit, boolean granted, long remaining, long resetNanos) {}
