package io.lateen.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The bench's command line. */
@Command(
        name = "bench",
        description = "Measures Lateen beside other proxies, and trains its AOT cache.",
        mixinStandardHelpOptions = true,
        subcommands = {SideBySide.class, Train.class})
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler(
                (failure, _, _) -> {
                    System.err.println("bench: " + failure.getMessage());
                    return 2;
                });
        System.exit(line.execute(arguments));
    }
}
