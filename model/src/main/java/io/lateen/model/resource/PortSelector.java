package io.lateen.model.resource;

/**
 * A port of a service, by number.
 *
 * @param number 1 to 65535
 */
public record PortSelector(int number) {}
