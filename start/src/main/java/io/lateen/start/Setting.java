package io.lateen.start;

import java.util.Locale;

/**
 * One setting of a program, as its help tells of it.
 *
 * @param name {@code lateen.rest-address}; one that ends in {@code .*} stands for all below it
 * @param usual its default; empty where there is none
 * @param example a value; one that begins with {@code $} is a secret, shown as it stands in the
 *     environment
 * @param text what it does, in a sentence
 */
record Setting(String name, String usual, String example, String text) {

    /** {@code LATEEN_REST_ADDRESS}. */
    static String variable(String name) {
        return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code --lateen.rest-address=0.0.0.0}, or a variable. */
    String howTo() {
        if (example.startsWith("$")) {
            return variable(name) + "=" + example.substring(1);
        }
        return "--" + name.replace(".*", ".shop-team") + "=" + example;
    }

    /** Whether a flag's name is this setting, in any of the spellings that Spring takes. */
    boolean isNamed(String flag) {
        if (name.endsWith(".*")) {
            // One of many is named after a dot or in brackets.
            String given = Spelling.of(flag.replace('[', '.').replace("]", ""));
            return given.startsWith(Spelling.of(name.substring(0, name.length() - 1)));
        }
        return Spelling.of(flag).equals(Spelling.of(name));
    }
}
