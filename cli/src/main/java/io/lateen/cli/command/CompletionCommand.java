package io.lateen.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lateen completion}: prints what makes a shell complete its words. */
@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(lateen completion bash)",
            "  lateen completion zsh > ~/.lateen-completion && source ~/.lateen-completion"
        })
public final class CompletionCommand implements Callable<Integer> {

    /** The shells that are served. */
    public enum Shell {
        /** GNU bash. */
        bash,
        /** Z shell, through its bashcompinit, which the script itself calls. */
        zsh
    }

    private final Surroundings surroundings;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /** Prints to the console of {@code surroundings}. */
    public CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called outside of picocli");
        }
        CommandLine root = spec.root().commandLine();
        String header = shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
        surroundings.console().print(header + AutoComplete.bash("lateen", root));
        return 0;
    }
}
