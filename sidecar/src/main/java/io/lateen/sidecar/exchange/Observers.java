package io.lateen.sidecar.exchange;

import io.netty.channel.EventLoop;

/** Makes the observers of each event loop; called once per loop, on that loop. */
public interface Observers {
    /** Who is told about requests on this loop. */
    ExchangeObserver exchanges(EventLoop loop);

    /** Who is told about raw connections on this loop. */
    ConnectionObserver connections(EventLoop loop);
}
