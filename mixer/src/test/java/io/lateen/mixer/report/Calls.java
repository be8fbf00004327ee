package io.lateen.mixer.report;

/** Calls to be reported. */
public final class Calls {
    public static final Party CALLER = Party.workload("default", "front-v1", "front", "v1");
    public static final Party CALLEE = Party.workload("default", "back-v1", "back", "v1");
    public static final String SERVICE = "back.default.svc.cluster.local";

    private Calls() {}

    /** A request that took some time. */
    public static Call http(Reporter reporter, int code, long micros) {
        return http(CALLER, CALLEE, reporter, code, micros);
    }

    /** A request between two. */
    public static Call http(Party source, Party target, Reporter reporter, int code, long micros) {
        return new Call(
                source,
                target,
                SERVICE,
                Protocol.HTTP,
                reporter,
                new Call.Outcome(code, micros, Call.Security.UNKNOWN, 100, 10));
    }

    /** The same, with what its reporter knows of its security. */
    public static Call secured(Call call, Call.Security security) {
        Call.Outcome how = call.outcome();
        return new Call(
                call.source(),
                call.target(),
                call.service(),
                call.protocol(),
                call.reporter(),
                new Call.Outcome(
                        how.code(),
                        how.latencyMicros(),
                        security,
                        how.bytesSent(),
                        how.bytesReceived()));
    }
}
