package io.lateen.bench.report;

/** One figure of one slot. */
public record Sample(int round, String caseName, String system, Measure measure, double value) {}
