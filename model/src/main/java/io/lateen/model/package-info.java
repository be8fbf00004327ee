/** What a mesh is, as values. */
@org.jspecify.annotations.NullMarked
package io.lateen.model;
