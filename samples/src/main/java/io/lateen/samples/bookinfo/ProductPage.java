package io.lateen.samples.bookinfo;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The service that a browser meets: the page at {@code /productpage}, the same as JSON below {@code
 * /api/v1/products}, and a sign-in that believes any name.
 *
 * <p>The name of the signed-in user is kept in a cookie and goes to the services behind as {@code
 * end-user}, on which rules match. It is a sample: no password is asked for or checked.
 */
final class ProductPage implements Endpoint {

    private static final String SESSION = "session";
    private static final String PRODUCTS = "/api/v1/products";

    private final Instance instance;
    private final Backends backends;
    private final StaticFiles files = new StaticFiles();

    ProductPage(Instance instance, Backends backends) {
        this.instance = instance;
        this.backends = backends;
    }

    @Override
    public Answer answer(Call call) {
        return switch (call.path()) {
            case "/", "/index.html" -> Answer.redirect("/productpage");
            case "/productpage" -> call.isGet() ? page(call) : Answer.methodNotAllowed(call, "GET");
            case "/login" -> call.method().equals("POST") ? signIn(call) : backToPage();
            case "/logout" -> backToPage().with("Set-Cookie", cookie("", "; Max-Age=0"));
            case PRODUCTS, PRODUCTS + "/" -> Answer.json(200, Catalogue.products());
            default ->
                    call.pathAfter("/static/")
                            .map(files::answer)
                            .or(() -> call.pathAfter(PRODUCTS + "/").map(rest -> api(call, rest)))
                            .orElseGet(() -> Answer.notFound(call));
        };
    }

    private Answer page(Call call) {
        Optional<String> user = signedIn(call);
        Map<String, String> headers = forwarded(call);
        int id = Catalogue.FIRST;
        // Side by side: the page waits for the slower of the two, not for their sum.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> details =
                    threads.submit(() -> backends.get(Role.DETAILS, "/details/" + id, headers));
            Reply reviews = backends.get(Role.REVIEWS, "/reviews/" + id, headers);
            return Answer.html(200, PageView.render(user, result(details), reviews, instance));
        }
    }

    private static Reply result(Future<Reply> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unreached("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call ended in a fault of its own", e);
        }
    }

    private Answer api(Call call, String rest) {
        String[] parts = rest.split("/", -1);
        Optional<Integer> id = Catalogue.number(parts[0]);
        if (id.isEmpty()) {
            return Catalogue.badNumber(parts[0]);
        }
        String what = parts.length == 1 ? "details" : parts[1];
        if (parts.length > 2) {
            return Answer.notFound(call);
        }
        return switch (what) {
            case "details" -> relay(call, Role.DETAILS, "/details/" + id.get());
            case "reviews" -> relay(call, Role.REVIEWS, "/reviews/" + id.get());
            case "ratings" -> relay(call, Role.RATINGS, "/ratings/" + id.get());
            default -> Answer.notFound(call);
        };
    }

    private Answer relay(Call call, Role role, String path) {
        String sorry =
                "Sorry, product %s are currently unavailable for this book."
                        .formatted(role.serviceName());
        return switch (backends.get(role, path, forwarded(call))) {
            case Reply.Answered answered -> Answer.json(200, answered.document());
            case Reply.Refused refused ->
                    Answer.json(
                            refused.status() == 200 ? 502 : refused.status(),
                            sorry(sorry, Reply.explain(refused)));
            case Reply.Unreached unreached -> Answer.json(503, sorry(sorry, unreached.why()));
        };
    }

    private static Map<String, Object> sorry(String sentence, String why) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("error", sentence);
        document.put("reason", why);
        return document;
    }

    private static Map<String, String> forwarded(Call call) {
        return signedIn(call)
                .map(user -> Forwarded.of(call, user))
                .orElseGet(() -> Forwarded.of(call));
    }

    private static Answer signIn(Call call) {
        String user =
                Arrays.stream(call.body().split("&"))
                        .filter(field -> field.startsWith("username="))
                        .map(field -> field.substring("username=".length()))
                        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                        .map(ProductPage::onOneLine)
                        .findFirst()
                        .orElse("");
        return user.isEmpty() ? backToPage() : backToPage().with("Set-Cookie", cookie(user, ""));
    }

    /** A name that can stand in a header: printable ASCII, no line breaks, not endless. */
    private static String onOneLine(String name) {
        int longest = 64;
        String plain = name.replaceAll("[^\\x20-\\x7e]", "").strip();
        return plain.length() <= longest ? plain : plain.substring(0, longest);
    }

    private static String cookie(String user, String attributes) {
        return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s"
                .formatted(SESSION, URLEncoder.encode(user, StandardCharsets.UTF_8), attributes);
    }

    private static Answer backToPage() {
        return Answer.redirect("/productpage");
    }

    private static Optional<String> signedIn(Call call) {
        return call.headers().getOrDefault("cookie", List.of()).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(SESSION + "="))
                .map(pair -> pair.substring(SESSION.length() + 1))
                .map(ProductPage::decoded)
                .map(ProductPage::onOneLine)
                .filter(user -> !user.isEmpty())
                .findFirst();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
