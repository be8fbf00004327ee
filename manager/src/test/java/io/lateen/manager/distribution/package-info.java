/** Specifies the way from a write to the proxies, on a real database and real sockets. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.distribution;
