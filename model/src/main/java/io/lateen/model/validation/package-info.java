/**
 * What is wrong with a document, all of it at once. Values and pure functions; called by the codec,
 * on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.validation;
