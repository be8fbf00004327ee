package io.lateen.sidecar.exchange;

/** Why an exchange did not simply succeed: Envoy's response flags, by their codes. */
public enum ResponseFlag {
    NO_ROUTE("NR"),
    NO_CLUSTER("NC"),
    NO_HEALTHY_UPSTREAM("UH"),
    UPSTREAM_CONNECTION_FAILURE("UF"),
    UPSTREAM_CONNECTION_TERMINATION("UC"),
    UPSTREAM_OVERFLOW("UO"),
    UPSTREAM_REQUEST_TIMEOUT("UT"),
    UPSTREAM_REMOTE_RESET("UR"),
    LOCAL_RESET("LR"),
    UPSTREAM_RETRY_LIMIT_EXCEEDED("URX"),
    UPSTREAM_PROTOCOL_ERROR("UPE"),
    DOWNSTREAM_CONNECTION_TERMINATION("DC"),
    DOWNSTREAM_PROTOCOL_ERROR("DPE"),
    DOWNSTREAM_REMOTE_RESET("DR"),
    DELAY_INJECTED("DI"),
    FAULT_INJECTED("FI"),
    RATE_LIMITED("RL"),
    RATE_LIMIT_SERVICE_ERROR("RLSE"),
    UNAUTHORIZED_EXTERNAL_SERVICE("UAEX"),
    STREAM_IDLE_TIMEOUT("SI"),
    DURATION_TIMEOUT("DT"),
    UPSTREAM_MAX_STREAM_DURATION("UMSDR"),
    OVERLOAD_MANAGER("OM"),
    NO_FILTER_CONFIG("NFCF"),
    DNS_RESOLUTION_FAILED("DF");

    private static final ResponseFlag[] ALL = values();

    private final String code;

    ResponseFlag(String code) {
        this.code = code;
    }

    /** {@code UH}. */
    public String code() {
        return code;
    }

    /** This flag's bit in a set. The sets live in memory alone, so the order may change. */
    @SuppressWarnings("EnumOrdinal")
    public int bit() {
        return 1 << ordinal();
    }

    /** The codes in a set, with commas between; {@code -} for none. */
    public static String text(int set) {
        if (set == 0) {
            return "-";
        }
        if (Integer.bitCount(set) == 1) {
            return ALL[Integer.numberOfTrailingZeros(set)].code;
        }
        StringBuilder text = new StringBuilder();
        for (ResponseFlag flag : ALL) {
            if ((set & flag.bit()) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(flag.code);
            }
        }
        return text.toString();
    }
}
