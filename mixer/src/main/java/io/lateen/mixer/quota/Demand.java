package io.lateen.mixer.quota;

/**
 * What is asked of one limit.
 *
 * @param limit its id
 * @param key what is counted apart from others; empty if nothing is
 * @param hits how much is asked for; 0 only asks how things stand
 */
public record Demand(String limit, String key, long hits) {}
