package io.lateen.cli.demo;

import io.lateen.cli.process.Spawner;
import io.lateen.cli.workload.Programs;
import java.util.function.Consumer;

/**
 * What every program that {@code lateen up} starts stands on.
 *
 * @param addresses whose address is which
 * @param state the folder that keeps a mesh
 * @param report told in a sentence what a person should know
 */
record Hosting(
        LoopbackPlan addresses,
        StateFolder state,
        Programs programs,
        Spawner spawner,
        Consumer<String> report) {}
