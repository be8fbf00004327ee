package io.lateen.sidecar.admin;

import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Shows and changes how much is logged, by the words of SLF4J. */
public final class LogLevels {

    private static final Map<String, Level> LEVELS =
            Map.of(
                    "trace", Level.FINEST,
                    "debug", Level.FINE,
                    "info", Level.INFO,
                    "warn", Level.WARNING,
                    "error", Level.SEVERE,
                    "off", Level.OFF);

    /** The log manager keeps loggers weakly: a changed level would vanish with its logger. */
    private static final Map<String, Logger> CHANGED = new ConcurrentHashMap<>();

    private LogLevels() {}

    /**
     * Changes one logger, all loggers for the empty name.
     *
     * @return a sentence on what is wrong; empty when it is changed
     */
    public static Optional<String> change(String logger, String level) {
        Level found = LEVELS.get(level.toLowerCase(Locale.ROOT));
        if (found == null) {
            return Optional.of(
                    "level: found '%s', expected trace, debug, info, warn, error or off"
                            .formatted(level));
        }
        CHANGED.computeIfAbsent(logger, Logger::getLogger).setLevel(found);
        return Optional.empty();
    }

    /** Every logger that has a level of its own, one a line. */
    static String list() {
        Map<String, String> levels = new TreeMap<>();
        Enumeration<String> names = LogManager.getLogManager().getLoggerNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            Logger logger = LogManager.getLogManager().getLogger(name);
            Level level = logger == null ? null : logger.getLevel();
            if (level != null) {
                levels.put(name.isEmpty() ? "root" : name, word(level));
            }
        }
        StringBuilder text = new StringBuilder();
        levels.forEach((name, level) -> text.append(name).append(": ").append(level).append('\n'));
        return text.toString();
    }

    private static String word(Level level) {
        for (var entry : LEVELS.entrySet()) {
            if (entry.getValue().equals(level)) {
                return entry.getKey();
            }
        }
        return level.getName().toLowerCase(Locale.ROOT);
    }
}
