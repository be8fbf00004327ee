/** Tests of the program's settings and of the program as a whole. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar;
