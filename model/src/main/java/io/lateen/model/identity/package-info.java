/**
 * Who somebody in the mesh is: trust domains and SPIFFE IDs. Values only; called from every
 * program, on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.identity;
