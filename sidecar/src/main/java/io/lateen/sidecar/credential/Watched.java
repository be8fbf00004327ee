package io.lateen.sidecar.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place that is looked at again and again, and read when its files have changed. Written by the
 * configuration thread, read by every thread.
 */
final class Watched<T> {

    private final List<Path> files;
    private final Reader<T> reader;
    private volatile Held<T> held = new Held<>(null, "it was not looked at yet");
    private @Nullable List<Object> seen;

    /** Reads a place. */
    interface Reader<T> {

        /**
         * What the place holds.
         *
         * @throws IOException if a file cannot be read
         * @throws GeneralSecurityException if one does not hold what it should
         */
        T read() throws IOException, GeneralSecurityException;
    }

    /**
     * @param files by whose change the place has changed, whether they exist or not
     */
    Watched(List<Path> files, Reader<T> reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
    }

    Held<T> held() {
        return held;
    }

    /** Looks; tells whether what is held has changed. */
    boolean look() {
        List<Object> now = stamps();
        if (now.equals(seen)) {
            return false;
        }
        Held<T> before = held;
        try {
            held = Held.good(reader.read());
            // Not before it was read: a file that is changed meanwhile is read once more.
            seen = now;
        } catch (IOException e) {
            held = before.despite("cannot be read: " + e.getMessage());
            seen = now;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            held = before.despite(String.valueOf(e.getMessage()));
            // A key and its certificate are two files: between the two writes they are no pair.
            seen = null;
        }
        return !held.equals(before);
    }

    private List<Object> stamps() {
        List<Object> stamps = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(List.of(is.lastModifiedTime(), is.size(), String.valueOf(is.fileKey())));
            } catch (IOException e) {
                stamps.add("");
            }
        }
        return stamps;
    }
}
