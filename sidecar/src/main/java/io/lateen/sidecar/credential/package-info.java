/**
 * Certificates, keys and authorities of those outside the mesh, read from files of this machine and
 * read again when these change. Files are looked at by the configuration thread alone; what they
 * held is read by every event loop.
 */
@NullMarked
package io.lateen.sidecar.credential;

import org.jspecify.annotations.NullMarked;
