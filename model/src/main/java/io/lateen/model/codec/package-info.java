/**
 * Documents in YAML and JSON, read into records and written in Kubernetes' shape. The only place in
 * the model that knows Jackson and YAML. Stateless; called from the API, the store, the command
 * line and tests, on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.codec;
