package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Security;
import io.netty.channel.Channel;

/**
 * A connection that was opened: what is written is sent as its protection wants it.
 *
 * @param channel does not read yet
 * @param security how it is protected, and who is at its other end
 */
public record Wire(Channel channel, Security security) {}
