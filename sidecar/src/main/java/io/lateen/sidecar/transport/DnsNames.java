package io.lateen.sidecar.transport;

import io.lateen.sidecar.upstream.Names;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Resolves names with Netty's resolver: the hosts file and the system's name servers, one resolver
 * per event loop. The resolver keeps answers for their TTL; callers are told a short life, so that
 * they ask it again.
 */
final class DnsNames implements Names {
    private static final long ASK_AGAIN_SECONDS = 5;
    private static final long DEADLINE_SECONDS = 5;
    private static final long QUERY_MILLIS = 2_000;
    private static final int MIN_TTL_SECONDS = 1;
    private static final int MAX_TTL_SECONDS = 300;

    private final Map<EventLoop, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

    @Override
    public void resolve(EventLoop loop, String host, Answer answer) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            answer.resolved(List.of(address(literal)), Long.MAX_VALUE / 1_000_000_000L);
            return;
        }
        if (host.length() > 253 || host.isEmpty()) {
            answer.failed("not a name of 1 to 253 characters");
            return;
        }
        Future<List<InetAddress>> query =
                resolvers.computeIfAbsent(loop, DnsNames::resolver).resolveAll(host);
        if (query.isDone()) {
            tell(query, answer);
        } else {
            Once once = new Once(answer);
            query.addListener((Future<List<InetAddress>> done) -> tell(done, once));
            var _ =
                    loop.schedule(
                            () -> once.failed("no name server answered within 5 s"),
                            DEADLINE_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    /** Passes on what comes first: the answer or the end of patience. */
    private static final class Once implements Answer {
        private final Answer answer;
        private boolean told;

        Once(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void resolved(List<InetAddress> addresses, long ttlSeconds) {
            if (!told) {
                told = true;
                answer.resolved(addresses, ttlSeconds);
            }
        }

        @Override
        public void failed(String reason) {
            if (!told) {
                told = true;
                answer.failed(reason);
            }
        }
    }

    private static void tell(Future<List<InetAddress>> done, Answer answer) {
        List<InetAddress> found = done.getNow();
        if (done.isSuccess() && found != null && !found.isEmpty()) {
            answer.resolved(found, ASK_AGAIN_SECONDS);
        } else {
            Throwable cause = done.cause();
            answer.failed(
                    cause instanceof UnknownHostException
                            ? "no such name, or no name server answered"
                            : String.valueOf(cause));
        }
    }

    private static DnsNameResolver resolver(EventLoop loop) {
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(channelClass(loop))
                .ttl(MIN_TTL_SECONDS, MAX_TTL_SECONDS)
                .negativeTtl(MIN_TTL_SECONDS)
                .queryTimeoutMillis(QUERY_MILLIS)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .build();
    }

    private static Class<? extends DatagramChannel> channelClass(EventLoop loop) {
        return loop instanceof io.netty.channel.IoEventLoop io && io.isIoType(EpollIoHandler.class)
                ? EpollDatagramChannel.class
                : NioDatagramChannel.class;
    }

    private static InetAddress address(byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four or sixteen bytes is one", e);
        }
    }
}
