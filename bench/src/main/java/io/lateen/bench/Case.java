package io.lateen.bench;

import io.lateen.bench.load.ClosedLoad;
import io.lateen.bench.load.ConstantRateLoad;
import io.lateen.bench.load.HandshakeLoad;
import io.lateen.bench.load.Load;
import io.lateen.bench.load.MultiplexedLoad;
import io.lateen.bench.load.Request;
import io.lateen.bench.proxy.Service;
import io.lateen.bench.proxy.Traffic;
import java.util.List;

/**
 * One load to measure under.
 *
 * @param name in the tables: traffic, connections (and streams on each) or rate, size of the answer
 */
record Case(String name, Traffic traffic, Load load, Request request) {

    private static final Request SMALL = new Request(Service.SMALL);
    private static final Request LARGE = new Request(Service.LARGE);
    private static final Request CALL = Request.unary(Service.CALL, 100);

    /** All of them, in the order measured. */
    static List<Case> all(int loadCpu) {
        Load one = new ClosedLoad(loadCpu, 1);
        Load sixteen = new ClosedLoad(loadCpu, 16);
        Load multiplexed = new MultiplexedLoad(loadCpu, 1, 16);
        return List.of(
                new Case("http1-1000rps-1k", Traffic.HTTP1, new ConstantRateLoad(1_000, 16), SMALL),
                new Case("http1-5000rps-1k", Traffic.HTTP1, new ConstantRateLoad(5_000, 16), SMALL),
                new Case("http1-c1-1k", Traffic.HTTP1, one, SMALL),
                new Case("http1-c16-1k", Traffic.HTTP1, sixteen, SMALL),
                new Case("http1-c64-1k", Traffic.HTTP1, new ClosedLoad(loadCpu, 64), SMALL),
                new Case("http1-c1-10k", Traffic.HTTP1, one, LARGE),
                new Case("http1-c16-10k", Traffic.HTTP1, sixteen, LARGE),
                new Case("http1-c64-10k", Traffic.HTTP1, new ClosedLoad(loadCpu, 64), LARGE),
                new Case("http2-c1m16-1k", Traffic.HTTP2, multiplexed, SMALL),
                new Case(
                        "http2-c16m1-1k",
                        Traffic.HTTP2,
                        new MultiplexedLoad(loadCpu, 16, 1),
                        SMALL),
                new Case("grpc-c1m16-1k", Traffic.GRPC, multiplexed, CALL),
                new Case("tcp-c16-1k", Traffic.TCP, sixteen, SMALL),
                new Case("tls-c16-1k", Traffic.TLS, sixteen, SMALL),
                new Case("tls-c16-10k", Traffic.TLS, sixteen, LARGE),
                new Case("chain-1000rps-1k", Traffic.CHAIN, new ConstantRateLoad(1_000, 16), SMALL),
                new Case("chain-5000rps-1k", Traffic.CHAIN, new ConstantRateLoad(5_000, 16), SMALL),
                new Case("chain-c16-1k", Traffic.CHAIN, sixteen, SMALL),
                new Case("chain-c16-10k", Traffic.CHAIN, sixteen, LARGE),
                new Case("tls-handshake-full", Traffic.TLS, new HandshakeLoad(false), SMALL),
                new Case("tls-handshake-resumed", Traffic.TLS, new HandshakeLoad(true), SMALL),
                new Case("mtls-handshake-full", Traffic.MTLS, new HandshakeLoad(false), SMALL),
                new Case("mtls-handshake-resumed", Traffic.MTLS, new HandshakeLoad(true), SMALL));
    }
}
