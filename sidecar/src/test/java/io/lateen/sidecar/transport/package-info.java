/** The request path from socket to socket, against other people's clients and servers. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.transport;
