package io.lateen.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with the file that holds what it should be.
 *
 * <p>{@code -Dtest.jvm.options=-Dlateen.golden.rewrite=true} writes the files anew; the change is
 * then reviewed like code.
 */
public final class Golden {

    private static final boolean REWRITE = Boolean.getBoolean("lateen.golden.rewrite");

    private final Path folder;

    private Golden(Path folder) {
        this.folder = folder;
    }

    /**
     * Goldens below {@code src/test/resources} of the module under test.
     *
     * @param folder such as {@code translate}
     */
    public static Golden in(String folder) {
        return new Golden(Path.of("src/test/resources", folder));
    }

    /** Asserts that {@code actual} is the content of {@code name}, or writes it when asked to. */
    public void matches(String name, String actual) {
        Path file = folder.resolve(name);
        try {
            if (REWRITE) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
                return;
            }
            assertThat(file)
                    .as(
                            "no golden yet; write it with -Dtest.jvm.options=-Dlateen.golden.rewrite=true")
                    .exists();
            assertThat(actual)
                    .as(
                            "%s differs; if the change is meant, rewrite with"
                                    + " -Dtest.jvm.options=-Dlateen.golden.rewrite=true and review",
                            file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
