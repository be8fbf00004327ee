/** Addresses and ports that tests may use without meeting each other. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.net;
