/**
 * What is no resource, under {@code /lateen/v1/}: a file applied whole, and the history. Runs on
 * the request's virtual thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.mesh;
