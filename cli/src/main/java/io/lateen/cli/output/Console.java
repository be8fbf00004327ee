package io.lateen.cli.output;

import java.io.PrintWriter;

/**
 * Where a command writes, and whether a person is looking.
 *
 * @param out results
 * @param err what went wrong
 * @param colours whether colours may be used: a terminal, and no {@code NO_COLOR}
 */
public record Console(PrintWriter out, PrintWriter err, boolean colours) {

    /** {@code text} emphasised. */
    public String bold(String text) {
        return paint("1", text);
    }

    /** {@code text} as good news. */
    public String good(String text) {
        return paint("32", text);
    }

    /** {@code text} as bad news. */
    public String bad(String text) {
        return paint("31", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Prints a line of results at once. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a line about what went wrong at once. */
    public void complain(String line) {
        err.println(line);
        err.flush();
    }
}
