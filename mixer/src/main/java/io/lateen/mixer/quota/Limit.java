package io.lateen.mixer.quota;

import java.time.Duration;

/**
 * One limit of a rule.
 *
 * @param id by which proxies ask for it: {@code default/reviews/0}
 * @param rule the resource that it is of: {@code default/reviews}
 * @param requests so many are let pass, by key
 * @param window in a time that begins with the first of them
 */
public record Limit(String id, String rule, long requests, Duration window) {}
