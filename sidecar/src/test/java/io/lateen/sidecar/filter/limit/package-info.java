/** Token buckets, against a bucket that is counted by hand. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.filter.limit;
