/** Quota in xDS: the filters that ask the mixer, and what routes are counted by. Pure. */
@NullMarked
package io.lateen.manager.translate.quota;

import org.jspecify.annotations.NullMarked;
