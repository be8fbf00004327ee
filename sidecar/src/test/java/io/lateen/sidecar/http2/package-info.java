@NullMarked
package io.lateen.sidecar.http2;

import org.jspecify.annotations.NullMarked;
