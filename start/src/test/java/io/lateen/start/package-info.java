/** Tests of how programs start. */
@org.jspecify.annotations.NullMarked
package io.lateen.start;
