/**
 * What the backends know of the mesh, as values: sidecars, services, rules, traffic, certificates.
 * Read on demand and at most once a second each, by whoever shows it.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.mesh;
