/**
 * How a rule says which strings it means. Values only; called by translation and the test oracles,
 * on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.match;
