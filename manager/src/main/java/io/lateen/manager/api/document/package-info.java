/**
 * Objects as documents: from bytes to a checked document, from a stored object to JSON in
 * Kubernetes' shape. Called by the REST handlers; pure but for what it is handed.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.document;
