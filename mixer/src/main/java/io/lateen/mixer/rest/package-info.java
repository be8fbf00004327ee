/** Who may read from the mixer over REST, and from where. */
@NullMarked
package io.lateen.mixer.rest;

import org.jspecify.annotations.NullMarked;
