package io.lateen.testkit.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of cases that others wrote: {@code LATEEN_CORPUS}, or {@code ../shared/corpus} beside
 * the project's root.
 */
public final class Corpus {

    private Corpus() {}

    /** The folder, if it is there. */
    public static Optional<Path> folder() {
        String named = System.getenv("LATEEN_CORPUS");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("LICENSE")) && Files.exists(at.resolve("pom.xml"))) {
                return Optional.of(at.resolveSibling("shared").resolve("corpus"))
                        .filter(Files::isDirectory);
            }
        }
        return Optional.empty();
    }

    /**
     * A file or folder of the corpus.
     *
     * @param path relative to the corpus, {@code samples/bookinfo/networking}
     * @throws org.opentest4j.TestAbortedException when the corpus is absent: the test is skipped
     */
    public static Path require(String path) {
        Optional<Path> folder = folder();
        Assumptions.assumeTrue(
                folder.isPresent(),
                "the corpus is absent: set LATEEN_CORPUS to its folder to run this test");
        return folder.orElseThrow().resolve(path);
    }

    /**
     * Every file below a folder of the corpus whose name ends in {@code suffix}, sorted.
     *
     * @throws org.opentest4j.TestAbortedException when the corpus is absent: the test is skipped
     */
    public static List<Path> files(String path, String suffix) {
        try (Stream<Path> walk = Files.walk(require(path))) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
