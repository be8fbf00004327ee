/** What the codec package promises, shown. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.codec;
