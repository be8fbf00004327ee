package io.lateen.model.validation;

/**
 * One thing that is wrong with a document.
 *
 * @param path of the field, {@code spec.http[0].retries.attempts}
 * @param found what stands there
 * @param expected what may stand there
 * @param mend what to do about it; empty where that is plain
 */
public record Violation(String path, String found, String expected, String mend) {

    /** The whole of it in one sentence. */
    public String message() {
        String sentence = path + ": found " + found + ", expected " + expected;
        return mend.isEmpty() ? sentence : sentence + "; " + mend;
    }

    @Override
    public String toString() {
        return message();
    }
}
