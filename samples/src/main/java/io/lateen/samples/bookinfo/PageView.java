package io.lateen.samples.bookinfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page as HTML. Everything that another service said is escaped. */
final class PageView {

    private static final int MOST_STARS = 5;

    /** The details that the page lists, by the name of their field and of their label. */
    private static final Map<String, String> FACTS = new LinkedHashMap<>();

    static {
        FACTS.put("type", "Type");
        FACTS.put("pages", "Pages");
        FACTS.put("publisher", "Publisher");
        FACTS.put("language", "Language");
        FACTS.put("ISBN-10", "ISBN-10");
        FACTS.put("ISBN-13", "ISBN-13");
    }

    private PageView() {}

    static String render(
            Optional<String> user, Reply details, Reply reviews, Instance productpage) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · Bookinfo</title>
        <link rel="icon" href="/static/lateen.svg">
        <link rel="stylesheet" href="/static/bookinfo.css">
        </head>
        <body>
        <header class="bar">
        <a class="brand" href="/productpage"><img src="/static/lateen.svg" alt="" width="28" \
        height="28">Bookinfo</a>
        %s
        </header>
        <main>
        <section class="book" aria-labelledby="title">
        <div class="cover" aria-hidden="true"><span>The</span>Comedy<span>of</span>Errors</div>
        <div>
        <h1 id="title">%s</h1>
        %s
        <p class="summary">%s</p>
        </div>
        </section>
        %s
        </main>
        <footer>Each part of this page came from a service of its own, through its own sidecar. \
        <span class="by">Page by <code>%s</code></span></footer>
        </body>
        </html>
        """
                .formatted(
                        Catalogue.TITLE,
                        session(user),
                        Catalogue.TITLE,
                        author(details),
                        Catalogue.DESCRIPTION,
                        facts(details) + reviews(reviews),
                        escape(productpage.pod()));
    }

    private static String session(Optional<String> user) {
        return user.map(
                        name ->
                                """
                                <div class="session"><span>Signed in as <strong \
                                id="user">%s</strong></span>\
                                <a class="button" href="/logout">Sign out</a></div>"""
                                        .formatted(escape(name)))
                .orElse(
                        """
                        <form class="session" action="/login" method="post">\
                        <label class="hidden" for="username">User name</label>\
                        <input id="username" name="username" placeholder="User name, try jason" \
                        autocomplete="username" required>\
                        <button>Sign in</button></form>""");
    }

    private static String author(Reply details) {
        return details instanceof Reply.Answered(var document)
                ? "<p class=\"author\">%s, %s</p>"
                        .formatted(text(document, "author"), text(document, "year"))
                : "";
    }

    private static String facts(Reply details) {
        return switch (details) {
            case Reply.Answered(var document) -> {
                StringBuilder list = new StringBuilder("<dl class=\"facts\" id=\"details\">\n");
                FACTS.forEach(
                        (field, label) ->
                                list.append(
                                        "<div><dt>%s</dt><dd>%s</dd></div>\n"
                                                .formatted(label, text(document, field))));
                yield list.append("</dl>\n").append(servedBy(document)).toString();
            }
            case Reply.Refused refused ->
                    problem("details", "Error fetching product details", Reply.explain(refused));
            case Reply.Unreached unreached ->
                    problem("details", "Error fetching product details", unreached.why());
        };
    }

    private static String reviews(Reply reviews) {
        String heading =
                "<section aria-labelledby=\"reviews-title\"><h2 id=\"reviews-title\">Reviews</h2>\n";
        return heading
                + switch (reviews) {
                    case Reply.Answered(var document) -> {
                        StringBuilder list =
                                new StringBuilder("<div class=\"reviews\" id=\"reviews\">\n");
                        if (document.get("reviews") instanceof List<?> all) {
                            all.forEach(review -> list.append(review(review)));
                        }
                        yield list.append("</div>\n").append(servedBy(document)).toString();
                    }
                    case Reply.Refused refused ->
                            problem(
                                    "reviews",
                                    "Error fetching product reviews",
                                    Reply.explain(refused));
                    case Reply.Unreached unreached ->
                            problem("reviews", "Error fetching product reviews", unreached.why());
                }
                + "</section>\n";
    }

    private static String review(@Nullable Object review) {
        if (!(review instanceof Map<?, ?> said)) {
            return "";
        }
        return "<figure><blockquote>%s</blockquote><figcaption>%s %s</figcaption></figure>\n"
                .formatted(
                        escape(String.valueOf(said.get("text"))),
                        escape(String.valueOf(said.get("reviewer"))),
                        said.get("rating") instanceof Map<?, ?> rating ? rating(rating) : "");
    }

    private static String rating(Map<?, ?> rating) {
        if (rating.get("stars") instanceof Integer count) {
            int lit = Math.clamp(count, 0, MOST_STARS);
            String color = "red".equals(rating.get("color")) ? "red" : "black";
            return "<span class=\"stars %s\" role=\"img\" aria-label=\"%d of 5 stars\">%s<i>%s</i></span>"
                    .formatted(color, lit, "★".repeat(lit), "★".repeat(MOST_STARS - lit));
        }
        return "<span class=\"unrated\" title=\"%s\">%s</span>"
                .formatted(
                        escape(String.valueOf(rating.get("reason"))),
                        escape(String.valueOf(rating.get("error"))));
    }

    private static String problem(String id, String what, String why) {
        return """
        <div class="problem" id="%s" role="status"><strong>%s</strong><p>%s</p></div>
        """
                .formatted(id, what, escape(why));
    }

    private static String servedBy(Map<String, @Nullable Object> document) {
        return "<p class=\"by\">Served by <code>%s</code></p>\n"
                .formatted(text(document, "podname"));
    }

    private static String text(Map<String, @Nullable Object> document, String field) {
        Object value = document.get(field);
        return value == null ? "unknown" : escape(value.toString());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
