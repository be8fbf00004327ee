/** The lateen command. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli;
