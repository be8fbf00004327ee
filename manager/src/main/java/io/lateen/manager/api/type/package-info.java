/**
 * The types that REST serves: the mesh's kinds and namespaces, each described by data, so that no
 * handler knows any of them by name. Immutable, made once at start.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.type;
