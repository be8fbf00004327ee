/**
 * Counts against limits, for the whole mesh: exact on one mixer, however many ask at once. Called
 * on the threads of the network, waits for nothing but a counter's own lock; time is an argument.
 */
@NullMarked
package io.lateen.mixer.quota;

import org.jspecify.annotations.NullMarked;
