package io.lateen.cli;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.command.ApplyCommand;
import io.lateen.cli.command.CompletionCommand;
import io.lateen.cli.command.DeleteCommand;
import io.lateen.cli.command.DownCommand;
import io.lateen.cli.command.GetCommand;
import io.lateen.cli.command.HistoryCommand;
import io.lateen.cli.command.ProxyStatusCommand;
import io.lateen.cli.command.RollbackCommand;
import io.lateen.cli.command.RunCommand;
import io.lateen.cli.command.StatusCommand;
import io.lateen.cli.command.Surroundings;
import io.lateen.cli.command.TokenCommand;
import io.lateen.cli.command.UpCommand;
import io.lateen.cli.output.Console;
import io.lateen.cli.workload.Programs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The {@code lateen} command: reads the surroundings, puts the commands together, exits. */
@Command(
        name = "lateen",
        description = "Runs a service mesh and looks after it.",
        mixinStandardHelpOptions = true,
        version = "lateen 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Not done; a sentence on standard error says why.",
            "2:The command line was wrong.",
            "3:Done, and not in force everywhere in time (apply --wait).",
            "n:`run` exits with the application's own exit code."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen up                              a whole mesh on this host",
            "  lateen apply -f rules.yaml --wait      bring rules into force",
            "  lateen get virtualservices             look at them",
            "  lateen COMMAND --help                  all about a command"
        })
public final class Lateen {

    private static final int HELP_WIDTH = 100;

    private Lateen() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(surroundings()).execute(arguments));
    }

    private static Surroundings surroundings() {
        Map<String, String> environment = System.getenv();
        // bin/lateen knows whether standard output is a terminal; a JVM has no cheap way to.
        boolean colours =
                Boolean.getBoolean("lateen.terminal")
                        && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Path java = Path.of(System.getProperty("java.home", "")).resolve("bin/java");
        Path home = Path.of(System.getProperty("lateen.home", "")).toAbsolutePath();
        return new Surroundings(
                environment,
                new Programs(java, home),
                new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), colours));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The command line over {@code surroundings}. */
    static CommandLine commandLine(Surroundings surroundings) {
        Console console = surroundings.console();
        CommandLine line = new CommandLine(new Lateen());
        line.addSubcommand(new UpCommand(surroundings));
        line.addSubcommand(new DownCommand(surroundings));
        line.addSubcommand(new StatusCommand(surroundings));
        line.addSubcommand(new RunCommand(surroundings));
        line.addSubcommand(new ApplyCommand(surroundings));
        line.addSubcommand(new GetCommand(surroundings));
        line.addSubcommand(new DeleteCommand(surroundings));
        line.addSubcommand(new HistoryCommand(surroundings));
        line.addSubcommand(new RollbackCommand(surroundings));
        line.addSubcommand(new ProxyStatusCommand(surroundings));
        line.addSubcommand(TokenCommand.line(surroundings));
        line.addSubcommand(new CompletionCommand(surroundings));
        // A command with an alias is listed under each of its names.
        Set.copyOf(line.getSubcommands().values()).forEach(Lateen::offerHelp);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setParameterExceptionHandler(
                (failure, given) -> {
                    console.complain(
                            "%s%s; see `%s --help`"
                                    .formatted(
                                            console.bad("lateen: "),
                                            failure.getMessage(),
                                            failure.getCommandLine()
                                                    .getCommandSpec()
                                                    .qualifiedName()));
                    return CommandLine.ExitCode.USAGE;
                });
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    console.complain(console.bad("lateen: ") + sentence(failure));
                    return failure instanceof CommandFailed known
                            ? known.exitCode()
                            : CommandFailed.FAILED;
                });
        return line;
    }

    private static void offerHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
        command.getSubcommands().values().forEach(Lateen::offerHelp);
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException _ ->
                    "there is no such file, and none can be made; check the path";
            case AccessDeniedException _ ->
                    "access is denied; run as a user who may, or name another path";
            case FileAlreadyExistsException _ ->
                    "is there already and is not a folder; name another path";
            default ->
                    failure.getReason() == null
                            ? failure.getClass().getSimpleName()
                            : failure.getReason();
        };
    }

    private static String sentence(Exception failure) {
        return switch (failure) {
            case CommandFailed known -> String.valueOf(known.getMessage());
            case FileSystemException file -> file.getFile() + ": " + reason(file);
            case IOException io -> String.valueOf(io.getMessage());
            default -> "this is a fault in lateen itself: " + failure;
        };
    }
}
