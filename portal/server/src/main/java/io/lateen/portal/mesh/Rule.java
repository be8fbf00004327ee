package io.lateen.portal.mesh;

import tools.jackson.databind.JsonNode;

/** A rule as the manager keeps it. */
public record Rule(String namespace, String name, JsonNode spec) {}
