/** Learns the limits of RateLimits from the manager's REST: a list, then a watch that goes on. */
@NullMarked
package io.lateen.mixer.rules;

import org.jspecify.annotations.NullMarked;
