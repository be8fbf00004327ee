/** Tests of several mixers as one. */
@org.jspecify.annotations.NullMarked
package io.lateen.mixer.replica;
