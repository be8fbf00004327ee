/**
 * Carries configuration to proxies over Envoy's aggregated discovery service (xDS v3), delta and
 * state-of-the-world, and takes in what they answer.
 *
 * <p>{@link io.lateen.manager.ads.AdsServer} listens; each stream becomes a {@link
 * io.lateen.manager.ads.ProxySession} that works on one thread at a time. What one client wants and
 * holds of one type is a {@link io.lateen.manager.ads.Subscription}; what to send next, and what
 * has to wait for an acknowledgement first, is written in {@link io.lateen.manager.ads.PushOrder}.
 * The package is fed by {@code publish} and tells {@code registry} and {@code programmed} what it
 * sees through {@link io.lateen.manager.ads.ProxyObserver}; it depends on neither.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.ads;
