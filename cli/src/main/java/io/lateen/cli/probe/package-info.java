/**
 * Asks programs that are starting, or ending, over HTTP until they give the answer that is waited
 * for. Called by whoever starts them, on their threads.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.probe;
