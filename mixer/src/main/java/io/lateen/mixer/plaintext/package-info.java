/** The rule on what is not encrypted: it stays on the machine unless the user says otherwise. */
@NullMarked
package io.lateen.mixer.plaintext;

import org.jspecify.annotations.NullMarked;
