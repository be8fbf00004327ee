/** Tests of what the page is told of the mesh. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.mesh;
