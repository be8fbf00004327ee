/**
 * The mixer: takes in what sidecars report and answers what happens in the mesh. {@link
 * io.lateen.mixer.MixerConfiguration} says what it is made of.
 */
@NullMarked
package io.lateen.mixer;

import org.jspecify.annotations.NullMarked;
