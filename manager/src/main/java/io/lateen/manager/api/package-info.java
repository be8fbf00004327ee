/**
 * The manager's REST interface: Kubernetes' API for the mesh's kinds, and what is no resource under
 * {@code /lateen/v1/}. {@link io.lateen.manager.api.ApiRoutes} is its table of contents. Every
 * request runs on a virtual thread of its own.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api;
