/**
 * One stream of server-sent events per browser: what changed in the graph, the rules, the sidecars
 * and the certificates. Readings are compared while somebody listens, and not otherwise.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.events;
