package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents that {@code -f} names: a file, the files of a folder (by name, not those of folders
 * within), or {@code -} for what is piped in.
 */
final class DocumentFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String SEPARATOR = "\n---\n";

    private DocumentFiles() {}

    /** All documents as one stream of YAML, to which JSON belongs. */
    static String read(List<String> names, InputStream standardInput) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            try {
                if (name.equals("-")) {
                    texts.add(new String(standardInput.readAllBytes(), StandardCharsets.UTF_8));
                } else if (Files.isDirectory(Path.of(name))) {
                    for (Path file : filesOf(Path.of(name))) {
                        texts.add(Files.readString(file));
                    }
                } else {
                    texts.add(Files.readString(Path.of(name)));
                }
            } catch (NoSuchFileException e) {
                throw new CommandFailed("no such file: " + e.getFile());
            } catch (IOException e) {
                throw new CommandFailed("cannot read %s: %s".formatted(name, e.getMessage()));
            }
        }
        return String.join(SEPARATOR, texts);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files =
                    entries.filter(
                                    file ->
                                            ENDINGS.stream()
                                                    .anyMatch(
                                                            ending ->
                                                                    file.toString()
                                                                            .endsWith(ending)))
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new CommandFailed(
                        "%s holds no file that ends in .yaml, .yml or .json".formatted(folder));
            }
            return files;
        }
    }
}
