/** The mixer's own certificate, which its gRPC server shows; renewed on a thread of its own. */
@NullMarked
package io.lateen.mixer.identity;

import org.jspecify.annotations.NullMarked;
