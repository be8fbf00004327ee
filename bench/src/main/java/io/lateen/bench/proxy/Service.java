package io.lateen.bench.proxy;

/** The one service of the benchmark, named as in the sample application. */
public final class Service {

    public static final String HOST = "reviews.default.svc.cluster.local";
    public static final int PORT = 9080;
    public static final String AUTHORITY = HOST + ":" + PORT;

    /** The port where it speaks HTTP/2 and gRPC. */
    public static final int HTTP2_PORT = 9081;

    /** The port that is called over mutual TLS. */
    public static final int SECURED_PORT = 9082;

    /** What the one matched route asks of a path; everything else goes to the route after it. */
    public static final String PREFIX = "/reviews/";

    /** The answer of 1 KiB. */
    public static final String SMALL = PREFIX + "1k";

    /** The answer of 10 KiB. */
    public static final String LARGE = PREFIX + "10k";

    /** A call of gRPC; its answer is 1 KiB. */
    public static final String CALL = PREFIX + "call";

    private Service() {}
}
