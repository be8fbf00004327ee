package io.lateen.cli.command;

import io.lateen.cli.output.Console;
import io.lateen.cli.output.Table;
import io.lateen.cli.process.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The programs that {@code lateen up} runs, as its ledger names them. */
final class ProgramsTable {

    private ProgramsTable() {}

    /** Those that run now: name, process, since when, resident memory in bytes. */
    static ArrayNode read(Path state) {
        ArrayNode programs = JsonNodeFactory.instance.arrayNode();
        try {
            for (ProcessLedger.Entry entry :
                    new ProcessLedger(state.resolve("processes")).alive()) {
                programs.addObject()
                        .put("name", entry.name())
                        .put("pid", entry.handle().pid())
                        .put(
                                "since",
                                entry.handle()
                                        .info()
                                        .startInstant()
                                        .map(Instant::toString)
                                        .orElse(""))
                        .put("residentBytes", residentBytes(entry.handle().pid()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return programs;
    }

    /** Line {@code VmRSS:} of proc(5)'s status; 0 for a process that has just ended. */
    private static long residentBytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    static String render(JsonNode programs, Console console) {
        Table table = new Table(List.of("PROGRAM", "PROCESS", "SINCE", "MEMORY"));
        for (JsonNode program : programs.values()) {
            table.row(
                    List.of(
                            program.path("name").asString(""),
                            Long.toString(program.path("pid").asLong()),
                            since(program.path("since").asString("")),
                            (program.path("residentBytes").asLong() >> 20) + " MiB"));
        }
        return table.isEmpty() ? "" : "\n" + table.render(console);
    }

    private static String since(String text) {
        return text.isEmpty() ? "" : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
