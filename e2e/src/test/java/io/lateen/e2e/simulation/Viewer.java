package io.lateen.e2e.simulation;

import java.util.Map;

/** The proxy from whose side the mesh is looked at. */
record Viewer(String namespace, Map<String, String> labels, boolean gateway) {}
