/**
 * Patches as functions from a document to a document: RFC 7386 and RFC 6902. Called by the REST
 * handlers within a write; pure, nothing is changed in place.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.patch;
