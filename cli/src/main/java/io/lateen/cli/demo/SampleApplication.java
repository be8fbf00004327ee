package io.lateen.cli.demo;

import io.lateen.cli.workload.Programs;
import io.lateen.cli.workload.WorkloadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The workloads of the sample application, named and labelled as Istio's bookinfo has them. */
final class SampleApplication {

    private static final int PORT = 9080;

    private record Part(String service, String version) {}

    private static final List<Part> PARTS =
            List.of(
                    new Part("productpage", "v1"),
                    new Part("details", "v1"),
                    new Part("reviews", "v1"),
                    new Part("reviews", "v2"),
                    new Part("reviews", "v3"),
                    new Part("ratings", "v1"));

    private SampleApplication() {}

    /** Of several that run the same program in training, one alone leaves a cache: the page. */
    static Programs teacher(int index, Programs programs) {
        return index == 0 ? programs : new Programs(programs.java(), programs.home());
    }

    static List<WorkloadPlan> workloads(LoopbackPlan addresses, Programs programs) {
        List<WorkloadPlan> workloads = new ArrayList<>();
        for (int index = 0; index < PARTS.size(); index++) {
            Part part = PARTS.get(index);
            List<String> command =
                    new ArrayList<>(teacher(index, programs).command(Programs.Program.SAMPLES));
            command.add(part.service());
            command.add(part.version());
            workloads.add(
                    new WorkloadPlan(
                            part.service(),
                            part.version(),
                            "default",
                            addresses.workload(index),
                            PORT,
                            Optional.of("http"),
                            Optional.of("bookinfo-" + part.service()),
                            Map.of(),
                            List.of(),
                            "http:/health",
                            command));
        }
        return workloads;
    }
}
