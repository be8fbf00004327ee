package io.lateen.portal.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.portal.Browser;
import io.lateen.portal.SharedPortal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that pages of others have a signed-in browser make: each layer keeps them out alone. */
final class ForgeryTest {
    private static final String PATH = "/api/v1/graph/tidy";
    private static final String JSON = "application/json";

    private final Browser browser = SharedPortal.signedIn("forged", "viewer", "*");
    private final String ours = SharedPortal.PORTAL.url();

    @Test
    void whatThePageItselfSendsPasses() {
        assertThat(browser.post(PATH, null).status()).isEqualTo(204);
    }

    @Test
    void aPageOfAnotherOriginIsRefusedThoughItHadTheToken() {
        for (String origin :
                new String[] {
                    "http://evil.example",
                    "null",
                    ours + ".evil.example",
                    "https" + ours.substring("http".length()),
                    "http://127.0.0.1:1"
                }) {
            Browser.Answer answer =
                    send(withToken().header("Origin", origin).POST(BodyPublishers.noBody()));
            assertThat(answer.status()).as(origin).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forgery.origin");
        }
    }

    @Test
    void aSiblingSiteIsRefusedThoughTheBrowserSentNoOrigin() {
        for (String site : new String[] {"cross-site", "same-site", "none"}) {
            Browser.Answer answer =
                    send(withToken().header("Sec-Fetch-Site", site).POST(BodyPublishers.noBody()));
            assertThat(answer.code()).as(site).isEqualTo("forgery.site");
        }
        assertThat(
                        send(withToken()
                                        .header("Sec-Fetch-Site", "same-origin")
                                        .POST(BodyPublishers.noBody()))
                                .status())
                .isEqualTo(204);
    }

    @Test
    void bodiesThatFormsCanSendAreRefused() {
        for (String type :
                new String[] {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "b/a/d"
                }) {
            Browser.Answer answer =
                    send(
                            withToken()
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString("{}")));
            assertThat(answer.status()).as(type).isEqualTo(415);
        }
        assertThat(send(withToken().POST(BodyPublishers.ofString("{}"))).status())
                .as("no type at all")
                .isEqualTo(415);
    }

    @Test
    void withoutTheTokenNothingIsChanged() {
        @Nullable String[] tokens = {null, "", "00000000-0000-0000-0000-000000000000"};
        for (@Nullable String token : tokens) {
            HttpRequest.Builder request =
                    browser.request(PATH).header("Origin", ours).header("Content-Type", JSON);
            if (token != null) {
                request.header("X-XSRF-TOKEN", token);
            }
            Browser.Answer answer = send(request.POST(BodyPublishers.ofString("{}")));
            assertThat(answer.status()).as(token).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forgery.token");
        }
        assertThat(
                        SharedPortal.admin()
                                .get("/api/v1/audit?user=forged&action=request.POST&outcome=denied")
                                .json()
                                .path("items")
                                .size())
                .as("denied actions are recorded")
                .isGreaterThanOrEqualTo(tokens.length);
    }

    @Test
    void signingInNeedsTheTokenAsWell() {
        try (Browser stranger = SharedPortal.PORTAL.browser()) {
            stranger.get("/api/v1/sign-in-methods");
            Browser.Answer answer =
                    stranger.send(
                            stranger.request("/api/v1/session")
                                    .header("Content-Type", JSON)
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"user\":\"admin\",\"password\":\"x\"}"))
                                    .build());
            assertThat(answer.code()).isEqualTo("forgery.token");
        }
    }

    private HttpRequest.Builder withToken() {
        return browser.request(PATH).header("X-XSRF-TOKEN", browser.token());
    }

    private Browser.Answer send(HttpRequest.Builder request) {
        return browser.send(request.build());
    }
}
