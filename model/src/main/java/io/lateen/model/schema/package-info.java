/**
 * What each kind of resource may hold: fields, types, ranges and what is meant by each. Drives the
 * structural check of documents and the OpenAPI v3 description that Kubernetes' clients read.
 * Values only; called by the codec and by the API that serves the description, on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.schema;
