/**
 * Limits that one sidecar counts by itself: token buckets, one for all requests or one for each
 * key. Called on event loops, which share the buckets; nothing is asked of anybody else.
 */
@NullMarked
package io.lateen.sidecar.filter.limit;

import org.jspecify.annotations.NullMarked;
