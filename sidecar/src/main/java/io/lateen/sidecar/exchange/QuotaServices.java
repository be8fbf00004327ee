package io.lateen.sidecar.exchange;

import io.netty.channel.EventLoop;

/** Makes the quota service of each event loop; called once per loop, on that loop. */
@FunctionalInterface
public interface QuotaServices {

    /** Nobody can be asked. */
    QuotaServices NONE = loop -> QuotaService.NONE;

    /** Who is asked about requests on this loop. */
    QuotaService of(EventLoop loop);
}
