/**
 * The names by which the parts of a mesh know each other: hosts, clusters, nodes. Values only;
 * called from every program, on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.naming;
