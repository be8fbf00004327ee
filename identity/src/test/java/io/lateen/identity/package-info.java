/** Tests of a program's own certificate. */
@org.jspecify.annotations.NullMarked
package io.lateen.identity;
