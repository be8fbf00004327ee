/**
 * The traffic graph: the mixer's nodes and edges, cut to what the caller may see, with a place for
 * each node that stays where it is. Scope and layout are functions from values to values; the
 * layouts kept are the one mutable thing.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.graph;
