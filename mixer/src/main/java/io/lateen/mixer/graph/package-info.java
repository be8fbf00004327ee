/**
 * The graph of the mesh: drawn from what was observed, answered over REST as JSON or DOT. The
 * assembly is a function; the reader adds up memory and database, on the request's thread.
 */
@NullMarked
package io.lateen.mixer.graph;

import org.jspecify.annotations.NullMarked;
