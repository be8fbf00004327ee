package io.lateen.mixer.rules;

import io.lateen.mixer.quota.Limit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the manager's RateLimits: lists them once, then watches from the revision of the list,
 * and goes on from the last revision seen when the watch ends. Lists again only when that revision
 * is no longer kept. While the manager is away the last limits stay in force.
 */
final class RuleWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RuleWatch.class);

    private static final String PATH = "/apis/lateen.io/v1/ratelimits";

    /** The manager ends a watch after this; one that is dead without a word is noticed then. */
    private static final int WATCH_SECONDS = 60;

    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private final URI manager;
    private final Path tokenFile;
    private final Consumer<List<Limit>> limits;
    private final RandomGenerator random;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final JsonMapper json = new JsonMapper();
    private final RuleSet rules = new RuleSet();
    private final Semaphore stopping = new Semaphore(0);
    private @Nullable Thread thread;
    private String revision = "";
    private long pause;
    private volatile boolean running;
    private volatile boolean connected;

    RuleWatch(URI manager, Path tokenFile, Consumer<List<Limit>> limits, RandomGenerator random) {
        this.manager = manager;
        this.tokenFile = tokenFile;
        this.limits = limits;
        this.random = random;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("rules").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopping.release();
        if (thread != null) {
            thread.interrupt();
        }
        client.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether the limits are the manager's of this moment. */
    boolean isConnected() {
        return connected;
    }

    private void run() {
        while (running) {
            try {
                if (revision.isEmpty()) {
                    list();
                }
                watch();
                pause = 0;
            } catch (IOException | JacksonException e) {
                away(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("The watch of rules has failed by a defect; it is begun anew.", e);
                revision = "";
                away(e.toString());
            }
        }
    }

    private void list() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        request("").timeout(Duration.ofSeconds(10)).build(),
                        HttpResponse.BodyHandlers.ofString());
        require(answer.statusCode(), answer.body());
        JsonNode list = json.readTree(answer.body());
        rules.clear();
        for (JsonNode item : list.path("items")) {
            rules.put(item);
        }
        revision = list.path("metadata").path("resourceVersion").asString("");
        changed();
    }

    private void watch() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(
                        request(
                                        "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
                                                + WATCH_SECONDS
                                                + "&resourceVersion="
                                                + revision)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                WatchDog dog = new WatchDog(body, Duration.ofSeconds(WATCH_SECONDS + 15L))) {
            if (answer.statusCode() == 410) {
                revision = "";
                return;
            }
            if (answer.statusCode() != 200) {
                require(
                        answer.statusCode(),
                        new String(body.readNBytes(2_000), StandardCharsets.UTF_8));
            }
            if (!connected) {
                log.info(
                        "Following the manager's rules. revision={} limits={}",
                        revision,
                        rules.limits().size());
            }
            connected = true;
            pause = 0;
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!apply(json.readTree(line))) {
                    revision = "";
                    return;
                }
                dog.pat();
            }
        }
    }

    /** Whether the watch can go on. */
    private boolean apply(JsonNode event) {
        JsonNode object = event.path("object");
        switch (event.path("type").asString("")) {
            case "ADDED", "MODIFIED" -> rules.put(object);
            case "DELETED" -> rules.remove(object);
            case "BOOKMARK" -> {}
            default -> {
                return false;
            }
        }
        revision = object.path("metadata").path("resourceVersion").asString(revision);
        changed();
        return true;
    }

    private void changed() {
        limits.accept(rules.limits());
    }

    private HttpRequest.Builder request(String query) throws IOException {
        return HttpRequest.newBuilder(URI.create(manager + PATH + query))
                .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
                .header("Accept", "application/json");
    }

    private static void require(int status, String body) throws IOException {
        if (status != 200) {
            throw new IOException("the manager answered " + status + ": " + body);
        }
    }

    private void away(String why) {
        if (pause == 0) {
            log.warn(
                    "The manager's rules cannot be followed; the last ones stay in force."
                            + " manager={} reason={}",
                    manager,
                    why);
        }
        connected = false;
        pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(200, pause * 2));
        try {
            // From half of the pause to the whole: those that failed together come back apart.
            long wait = pause / 2 + random.nextLong(pause / 2 + 1);
            var _ = stopping.tryAcquire(wait, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
