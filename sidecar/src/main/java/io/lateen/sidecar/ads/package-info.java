/**
 * The sidecar's end of the stream to its manager: subscribes, acknowledges, refuses, reports
 * health, and keeps the last good configuration on disk.
 *
 * <p>Everything runs on one thread, the configuration thread, that carries no traffic. What
 * resources mean is not known here: they are handed to a {@link
 * io.lateen.sidecar.ads.ConfigurationSink}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.ads;
