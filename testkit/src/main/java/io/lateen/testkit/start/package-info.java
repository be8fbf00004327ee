/** How programs start: what a start that ends has said, and whether help tells of every setting. */
@NullMarked
package io.lateen.testkit.start;

import org.jspecify.annotations.NullMarked;
