package io.lateen.sidecar;

import io.lateen.sidecar.admin.LogLevels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The sidecar's own log: one line a record on the standard error, through {@code
 * java.util.logging}.
 *
 * <p>It is in the JDK and gRPC and Netty use it already, so that it costs neither memory nor
 * start-up time of its own; SLF4J's binding to it is part of SLF4J.
 */
final class Logging {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Logging() {}

    /** Makes the log outlive the beginning of the end; before any class that logs is loaded. */
    static void install() {
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
    }

    /** Sets the log up; after {@link #install} and before anything is logged. */
    static void configure(Settings.LogLevel level) {
        Logger root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(new OneLine());
        console.setLevel(Level.ALL);
        root.addHandler(console);
        var _ = LogLevels.change("", "info");
        var _ = LogLevels.change("io.lateen", level.name().toLowerCase(Locale.ROOT));
    }

    /** The JDK's own drops its handlers at shutdown, when there is still something to say. */
    public static final class Lasting extends LogManager {

        @Override
        public void reset() {
            // Nothing: records of the sidecar's own stopping are logged like all others.
        }
    }

    /** {@code 2026-11-22T08:00:00.000Z INFO Sidecar Started. node=…}. */
    private static final class OneLine extends Formatter {

        @Override
        public String format(LogRecord record) {
            String logger = String.valueOf(record.getLoggerName());
            StringBuilder line =
                    new StringBuilder(TIME.format(Instant.ofEpochMilli(record.getMillis())));
            line.append(' ').append(word(record.getLevel())).append(' ');
            line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
            line.append(formatMessage(record)).append('\n');
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }

        private static String word(Level level) {
            int value = level.intValue();
            if (value >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            if (value >= Level.WARNING.intValue()) {
                return "WARN ";
            }
            return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
        }
    }
}
