package io.lateen.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of programs, from a folder: the file {@code <actor>.<role>} holds the token of that actor,
 * which has that role everywhere. Files may come, change and go while the program runs: they are
 * read again every {@value #FRESH_SECONDS} seconds at most, when a token is asked for. Files whose
 * name begins with a dot are passed over. Thread-safe.
 */
final class ServiceTokens implements TokenBook {
    private static final Logger log = LoggerFactory.getLogger(ServiceTokens.class);
    private static final int FRESH_SECONDS = 2;
    private static final Duration FRESH = Duration.ofSeconds(FRESH_SECONDS);

    private final Path folder;
    private final Clock clock;

    /** Replaced whole by whichever thread finds it old; read by all. */
    private volatile Reading reading;

    /**
     * Reads the folder, which has to be there.
     *
     * @throws IllegalStateException with every file that cannot be used
     */
    ServiceTokens(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.reading = read();
        if (!reading.faults().isEmpty()) {
            throw new IllegalStateException(
                    "lateen.access.service-tokens-folder: " + String.join("; ", reading.faults()));
        }
    }

    @Override
    public Optional<Caller> recognise(String token) {
        Reading current = reading;
        if (clock.millis() - current.atMillis() >= FRESH.toMillis()) {
            Reading next = read();
            if (!next.faults().equals(current.faults())) {
                next.faults().forEach(fault -> log.warn("a service's token is refused: {}", fault));
            }
            reading = next;
            current = next;
        }
        return Optional.ofNullable(current.callers().get(TokenHash.of(token)));
    }

    private Reading read() {
        Map<String, Caller> callers = new HashMap<>();
        List<String> faults = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && Files.isRegularFile(file)) {
                    read(file, name, callers, faults);
                }
            }
        } catch (IOException e) {
            faults.add(folder + " cannot be read: " + e);
        }
        return new Reading(callers, faults, clock.millis());
    }

    private static void read(
            Path file, String name, Map<String, Caller> callers, List<String> faults)
            throws IOException {
        int dot = name.lastIndexOf('.');
        Optional<Role> role = Role.of(name.substring(dot + 1));
        if (dot <= 0 || role.isEmpty()) {
            faults.add(
                    file
                            + ": expected a name such as mixer.viewer, an actor and a role of viewer,"
                            + " operator, approver, admin");
            return;
        }
        String token = Files.readString(file).strip();
        if (token.length() < TokenHash.SHORTEST) {
            faults.add(
                    file
                            + ": found a token of "
                            + token.length()
                            + " characters, expected "
                            + TokenHash.SHORTEST
                            + " or more");
            return;
        }
        callers.put(TokenHash.of(token), new Caller(name.substring(0, dot), role.get()));
    }

    private record Reading(Map<String, Caller> callers, List<String> faults, long atMillis) {
        Reading {
            callers = Map.copyOf(callers);
            faults = List.copyOf(faults);
        }
    }
}
