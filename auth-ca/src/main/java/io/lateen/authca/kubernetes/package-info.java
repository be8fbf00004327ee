/**
 * What the authority asks and tells a Kubernetes cluster that it serves: whose a service account's
 * token is, and which roots the mesh's workloads are to trust. Blocking; nothing of it runs where
 * no cluster is set.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.kubernetes;
