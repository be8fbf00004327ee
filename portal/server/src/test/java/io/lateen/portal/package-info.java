/** Tests of the portal as a whole, and what they run on. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal;
