/**
 * Create, read, replace, patch, delete, list and watch, for every type alike. Runs on the request's
 * virtual thread; a watch keeps its thread until it ends.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.object;
