/** Time that a test moves by hand. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.clock;
