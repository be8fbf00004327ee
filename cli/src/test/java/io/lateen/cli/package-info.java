/** Tests of the {@code lateen} command as a user meets it. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli;
