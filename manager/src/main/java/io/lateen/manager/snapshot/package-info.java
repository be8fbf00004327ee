/**
 * All that a mesh is at one revision, as one immutable value: resources, services, endpoints, and
 * the indexes that translation asks. Pure: values in, values out, no clock, no thread, no IO. The
 * publishing loop builds it, on its own thread; translation reads it from any thread.
 */
@NullMarked
package io.lateen.manager.snapshot;

import org.jspecify.annotations.NullMarked;
