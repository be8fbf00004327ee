/**
 * Other forms of an answer: {@code Table}, as {@code kubectl get} prints it, and {@code
 * PartialObjectMetadata}. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.table;
