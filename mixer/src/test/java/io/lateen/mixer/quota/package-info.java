/** Tests of the mixer. */
@org.jspecify.annotations.NullMarked
package io.lateen.mixer.quota;
