package io.lateen.access;

/**
 * What a program says of itself, as a bean.
 *
 * @param audience whom signed tokens must be for: {@code manager}, {@code mixer}, {@code auth-ca}
 * @param policy what its paths need
 * @param tokens tokens that it knows beside the usual ones
 */
public record ProgramAccess(String audience, AccessPolicy policy, TokenBook tokens) {

    /** A program without tokens of its own. */
    public ProgramAccess(String audience, AccessPolicy policy) {
        this(audience, policy, TokenBook.EMPTY);
    }
}
