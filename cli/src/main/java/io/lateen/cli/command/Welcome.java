package io.lateen.cli.command;

import io.lateen.cli.demo.Demo;
import io.lateen.cli.output.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What {@code up} says when all is ready. */
final class Welcome {

    private Welcome() {}

    static String render(Demo demo, Duration took, Path home, Console console) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        return """

        %s (%.1f s)

          Portal               %s
          Sample application   %s
          kubectl              export KUBECONFIG=%s

        Try:
          %s apply -f %s -f %s --wait
          curl -s %s/api/v1/products/0/reviews
          %s proxy-status

        Ctrl-C stops everything.\
        """
                .formatted(
                        console.good("Lateen is up"),
                        took.toMillis() / 1000.0,
                        console.bold(demo.portal())
                                + demo.portalPassword()
                                        .map("  (user admin, password %s)"::formatted)
                                        .orElse("  (user admin)"),
                        console.bold(demo.page()),
                        demo.kubeconfig(),
                        from(here, home.resolve("bin/lateen")),
                        from(here, home.resolve("samples/rules/subsets.yaml")),
                        from(here, home.resolve("samples/rules/reviews-v3.yaml")),
                        demo.page().replace("/productpage", ""),
                        from(here, home.resolve("bin/lateen")));
    }

    /** As short as it can be typed in the folder that the user stands in. */
    private static Path from(Path here, Path file) {
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
