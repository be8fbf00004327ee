/** Tests of the sample application, each service behind its real server on loopback. */
@org.jspecify.annotations.NullMarked
package io.lateen.samples.bookinfo;
