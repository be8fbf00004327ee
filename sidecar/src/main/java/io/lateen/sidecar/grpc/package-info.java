/** Channels to programs of the mesh that the plan names as clusters: addresses, TLS, loops. */
@NullMarked
package io.lateen.sidecar.grpc;

import org.jspecify.annotations.NullMarked;
