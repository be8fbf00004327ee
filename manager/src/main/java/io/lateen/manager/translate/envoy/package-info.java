/**
 * The words of Envoy's messages that every translation writes: packed messages, metadata,
 * addresses, durations, fractions. Pure; any thread.
 */
@NullMarked
package io.lateen.manager.translate.envoy;

import org.jspecify.annotations.NullMarked;
