/** Quota and records, from xDS to the sockets of others. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.quota;
