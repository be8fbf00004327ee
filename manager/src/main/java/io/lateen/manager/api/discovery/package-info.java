/**
 * What clients ask before they ask for anything: which groups, versions and types there are, in
 * Kubernetes' old and aggregated form; the version; the OpenAPI documents. Made once, served as
 * they are.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.discovery;
