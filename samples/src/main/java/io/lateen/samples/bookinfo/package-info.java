/** The sample application, of bookinfo's shape. */
@org.jspecify.annotations.NullMarked
package io.lateen.samples.bookinfo;
