package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.Exchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access records without holding up traffic: loops format and offer them, one thread writes.
 *
 * <p>The queue is bounded; a record that finds it full is dropped and counted, because a slow disk
 * must not become slow requests.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

    /** Some 250 bytes each: 4 MB at most. */
    private static final int QUEUED = 16_384;

    private static final int BATCH = 1_024;

    private final BiConsumer<Exchange, StringBuilder> format;
    private final OutputStream out;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    /** How a record is written. */
    public enum Format {
        /** Envoy's default text. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /**
     * Opens the log and starts its thread.
     *
     * @param out closed with the log
     */
    public AccessLog(Format format, OutputStream out) {
        this.format =
                switch (format) {
                    case TEXT -> AccessRecord::text;
                    case JSON -> AccessRecord::json;
                };
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.writer = Thread.ofPlatform().daemon().name("lateen-access-log").start(this::write);
    }

    /** Records a request; on its loop, while its heads can be read. */
    void ended(Exchange exchange) {
        StringBuilder line = new StringBuilder(256);
        format.accept(exchange, line);
        if (!queue.offer(line.toString().getBytes(StandardCharsets.UTF_8))) {
            dropped.incrementAndGet();
        }
    }

    /** How many records were left out because the writer could not keep up. */
    long dropped() {
        return dropped.get();
    }

    private void write() {
        List<byte[]> batch = new ArrayList<>(BATCH);
        try (out) {
            while (!closed || !queue.isEmpty()) {
                byte[] first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                for (byte[] line : batch) {
                    out.write(line);
                }
                out.flush();
                batch.clear();
            }
        } catch (IOException e) {
            log.error("The access log cannot be written and is off from here on.", e);
            closed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is queued, for at most two seconds, and ends. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
