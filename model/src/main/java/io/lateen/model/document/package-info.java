/**
 * A document as it was written, before it is typed: maps, lists, text, numbers and booleans, and
 * the path that leads to each. Values only; made by the codec, read by schema, validation and
 * support.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.document;
