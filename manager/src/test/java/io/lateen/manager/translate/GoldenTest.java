package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.cluster.MixerAddress;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.testkit.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code translate/*.yaml} is a case: comments that say for whom it is translated,
 * which services there are and what is shown, then resources as users write them. Beside it stands
 * what comes out.
 */
final class GoldenTest {

    private static final Path CASES = Path.of("src/test/resources/translate");

    @TestFactory
    Stream<DynamicTest> translatesAsTheGoldensSay() throws IOException {
        List<Path> cases;
        try (Stream<Path> files = Files.list(CASES)) {
            cases = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        assertThat(cases).as("cases in " + CASES).hasSizeGreaterThan(20);
        return cases.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String text = Files.readString(file);
        ProxyConfiguration configuration =
                new Translator(settings(text))
                        .translate(
                                MeshText.snapshot(
                                        String.join("\n", directives(text, "service")), text),
                                proxy(text));
        StringBuilder shown = new StringBuilder();
        for (String what : directives(text, "show")) {
            shown.append("// ").append(what).append('\n');
            shown.append(XdsJson.print(message(configuration, what))).append('\n');
        }
        for (Finding finding : configuration.findings()) {
            shown.append("// finding: ")
                    .append(finding.resource())
                    .append(' ')
                    .append(finding.path())
                    .append(": ")
                    .append(finding.message())
                    .append('\n');
        }

        Golden.in("translate").matches(name(file) + ".golden", shown.toString());
    }

    private static TranslationSettings settings(String text) {
        TranslationSettings settings = TranslationSettings.DEFAULT;
        for (String policy : directives(text, "outbound")) {
            settings = settings.allowing(OutboundPolicy.valueOf(policy));
        }
        for (String mixer : directives(text, "mixer")) {
            String[] words = mixer.split(":", -1);
            settings =
                    settings.reportingTo(
                            new MixerAddress(words[0], Integer.parseInt(words[1]), false));
        }
        return settings;
    }

    private static Message message(ProxyConfiguration configuration, String what) {
        String[] words = what.split(" ", -1);
        return switch (words[0]) {
            case "cluster" -> XdsJson.cluster(configuration, words[1]);
            case "endpoints" -> XdsJson.endpoints(configuration, words[1]);
            case "listener" -> XdsJson.listener(configuration, words[1]);
            case "routes" -> {
                RouteConfiguration routes = XdsJson.routes(configuration, words[1]);
                yield words.length == 2 ? routes : host(routes, words[2]);
            }
            default -> throw new AssertionError("show what? " + what);
        };
    }

    private static VirtualHost host(RouteConfiguration routes, String name) {
        return routes.getVirtualHostsList().stream()
                .filter(host -> host.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + routes));
    }

    private static Proxy proxy(String text) {
        List<String> locality = directives(text, "locality");
        if (!locality.isEmpty()) {
            return Proxies.productpageIn(locality.getFirst());
        }
        return switch (String.join(" ", directives(text, "proxy"))) {
            case "productpage" -> Proxies.productpage();
            case "certified" -> Proxies.certified("NONE");
            case "certified-redirected" -> Proxies.certified("REDIRECT");
            case "ingress" -> Proxies.ingress();
            case "grpc" -> Proxies.grpcClient();
            default ->
                    throw new AssertionError(
                            "# proxy: productpage, certified, certified-redirected, ingress or grpc");
        };
    }

    private static List<String> directives(String text, String name) {
        String prefix = "# " + name + ": ";
        List<String> values = new ArrayList<>();
        text.lines()
                .filter(line -> line.startsWith(prefix))
                .forEach(line -> values.add(line.substring(prefix.length())));
        return values;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".yaml".length());
    }
}
