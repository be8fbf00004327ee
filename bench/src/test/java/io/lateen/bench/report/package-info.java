/** What the report says. */
@NullMarked
package io.lateen.bench.report;

import org.jspecify.annotations.NullMarked;
