/**
 * HTTP/2 in cleartext (prior knowledge), both ways: Netty reads and writes the frames and keeps the
 * windows, the exchange above is the same as for HTTP/1.1.
 *
 * <p>{@link io.lateen.sidecar.http2.ServerSession} faces clients, {@link
 * io.lateen.sidecar.http2.ClientSession} faces endpoints; {@code transport} puts them into
 * pipelines. Everything of a connection runs on its event loop.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.http2;
