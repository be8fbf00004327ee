package io.lateen.access;

import java.util.List;
import java.util.Optional;

/** Every kind of token that a program accepts. Thread-safe. */
final class Credentials {
    private final SignedTokens signed;
    private final List<TokenBook> books;

    /**
     * @param books asked in order: those that answer from memory first
     */
    Credentials(SignedTokens signed, List<TokenBook> books) {
        this.signed = signed;
        this.books = List.copyOf(books);
    }

    Recognition recognise(String token) {
        // What looks signed is judged as that alone: it is refused for its fault, and no database
        // is
        // asked for it.
        if (looksSigned(token)) {
            return signed.recognise(token);
        }
        for (TokenBook book : books) {
            Optional<Caller> caller = book.recognise(token);
            if (caller.isPresent()) {
                return new Recognition.Known(caller.get());
            }
        }
        return new Recognition.Refused("the token is not known here");
    }

    /** Three parts (RFC 7515 §7.1), of which the first is the base64 of a JSON object. */
    private static boolean looksSigned(String token) {
        return token.startsWith("eyJ")
                && token.chars().filter(letter -> letter == '.').count() == 2;
    }
}
