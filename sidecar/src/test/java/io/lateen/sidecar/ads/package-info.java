/** Tests of the stream to the manager and of the file on disk. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.ads;
