/**
 * HTTP/1.1 in bytes: scans heads strictly (RFC 9112) into ranges, passes bodies as they come, and
 * writes messages with only what must change changed.
 *
 * <p>{@link io.lateen.sidecar.http1.ServerConnection} faces clients, {@link
 * io.lateen.sidecar.http1.ClientConnection} faces endpoints; {@code transport} puts them into
 * pipelines. Every ambiguity is refused. Everything runs on the connection's event loop.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.http1;
