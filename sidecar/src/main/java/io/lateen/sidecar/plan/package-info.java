/**
 * The configuration by which traffic is carried, compiled for the request path.
 *
 * <p>A {@link io.lateen.sidecar.plan.Plan} is one immutable value: it is compiled from accepted xDS
 * resources on the configuration thread and read, once per request, on the event loops through
 * {@link io.lateen.sidecar.plan.LivePlan}. Protobuf stops here: nothing of {@code io.envoyproxy}
 * leaves this package.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.plan;
