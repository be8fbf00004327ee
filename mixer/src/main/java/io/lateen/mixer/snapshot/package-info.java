/**
 * Keeps what was observed in PostgreSQL, every few seconds, so that a mixer that is killed loses no
 * more, and adds up what others have kept. One thread writes; requests read.
 */
@NullMarked
package io.lateen.mixer.snapshot;

import org.jspecify.annotations.NullMarked;
