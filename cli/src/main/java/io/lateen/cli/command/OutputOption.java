package io.lateen.cli.command;

import io.lateen.cli.output.Console;
import io.lateen.cli.output.Documents;
import io.lateen.cli.output.Format;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The choice between a table and a document. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    Format format() {
        return format;
    }

    /** Prints {@code document} as asked; {@code table} is called only when a table is. */
    void print(Console console, Supplier<JsonNode> document, Supplier<String> table) {
        console.out()
                .print(
                        switch (format) {
                            case table -> table.get();
                            case json -> Documents.json(document.get());
                            case yaml -> Documents.yaml(document.get());
                        });
        console.out().flush();
    }
}
