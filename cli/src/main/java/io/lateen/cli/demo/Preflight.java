package io.lateen.cli.demo;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.workload.LoopbackAddresses;
import io.lateen.cli.workload.Programs;
import io.lateen.cli.workload.WorkloadPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is checked before anything is started: each finding is one sentence with the mend. */
final class Preflight {

    /** PostgreSQL unpacked, its first cluster, the logs: 250 MiB, and room to live. */
    private static final long NEEDED_BYTES = 512L << 20;

    private static final long LEFT_BYTES = 16L << 20;

    private static final List<String> TOOLS = List.of("setsid", "setpriv", "unshare", "sh");

    private Preflight() {}

    static void checkPrograms(Programs programs, String searchPath) {
        List<Programs.Program> missing = programs.missing();
        if (!missing.isEmpty()) {
            throw new CommandFailed(
                    "not built yet: %s; run `make build`"
                            .formatted(
                                    missing.stream()
                                            .map(program -> programs.jar(program).toString())
                                            .collect(Collectors.joining(", "))));
        }
        for (String tool : TOOLS) {
            boolean found =
                    List.of(searchPath.split(":")).stream()
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!found) {
                throw new CommandFailed(
                        "the program %s is missing; it comes with Debian's package util-linux"
                                .formatted(tool));
            }
        }
    }

    /** Before the start: room for all that it will write. */
    static void checkDisk(Path state) throws IOException {
        checkFree(state, NEEDED_BYTES);
    }

    /** After a failure: whether it was for want of room. */
    static void checkDiskLeft(Path state) throws IOException {
        checkFree(state, LEFT_BYTES);
    }

    private static void checkFree(Path state, long needed) throws IOException {
        long free = Files.getFileStore(state).getUsableSpace();
        if (free < needed) {
            throw new CommandFailed(
                    "the disk is full: %d MiB are free at %s, expected %d MiB; make room, or name another folder with --state-directory"
                            .formatted(free >> 20, state, needed >> 20));
        }
    }

    /** Ports that something listens on already, found before half of the mesh is up. */
    static void checkPorts(LoopbackPlan addresses, List<WorkloadPlan> workloads) {
        List<String> taken = new ArrayList<>();
        for (int port : LoopbackPlan.CONTROL_PORTS) {
            if (!LoopbackAddresses.isFree(addresses.control(), port)) {
                taken.add(addresses.control() + ":" + port);
            }
        }
        LoopbackAddresses.firstTaken(addresses.ingress(), LoopbackPlan.INGRESS_PORT)
                .ifPresent(port -> taken.add(addresses.ingress() + ":" + port));
        for (WorkloadPlan workload : workloads) {
            LoopbackAddresses.firstTaken(workload.address(), workload.port())
                    .ifPresent(port -> taken.add(workload.address() + ":" + port));
        }
        if (!taken.isEmpty()) {
            throw new CommandFailed(
                    "%s in use by another program (%s shows which); stop it, or move the mesh with --block"
                            .formatted(
                                    taken.size() == 1
                                            ? taken.getFirst() + " is"
                                            : String.join(", ", taken) + " are",
                                    "`ss -ltnp`"));
        }
    }
}
