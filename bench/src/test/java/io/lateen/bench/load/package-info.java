/** What the load generators count. */
@NullMarked
package io.lateen.bench.load;

import org.jspecify.annotations.NullMarked;
