/** Tests of the graph: places, scope. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.graph;
