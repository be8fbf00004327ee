/** Waiting for conditions instead of sleeping; called by tests on their own thread. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.wait;
