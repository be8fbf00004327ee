/** The testkit's own tests. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit;
