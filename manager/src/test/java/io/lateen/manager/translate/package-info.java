/** Resources and services in, xDS out: goldens, tables, properties. */
@NullMarked
package io.lateen.manager.translate;

import org.jspecify.annotations.NullMarked;
