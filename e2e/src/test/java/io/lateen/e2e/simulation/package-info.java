/**
 * The mesh without sockets: rules → xDS → plan → decision, held against an oracle that reads the
 * rules naively and shares no code with translation or plan, on seeded random meshes and requests.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.e2e.simulation;
