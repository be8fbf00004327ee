/** Tests of workloads, with real processes and a sidecar that only says it is ready. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.workload;
