package io.lateen.authca.attest;

/** What came of a join token that somebody presented. */
public sealed interface Redemption {

    /** It was good, and is used up once the transaction commits. */
    record Redeemed(JoinToken token) implements Redemption {}

    /** It is one of ours, and good for nothing. */
    record Worthless(JoinToken token, String reason) implements Redemption {}

    /** Nobody made it. */
    record Unknown(String reason) implements Redemption {}
}
