/**
 * Kubernetes' {@code Status}: what a request that was not fulfilled is answered with. Used by every
 * REST handler of the manager; values, thread-safe.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.status;
