package io.lateen.samples.bookinfo;

/**
 * Who answers: goes into every answer, so that a reader sees which copy served it.
 *
 * @param pod the name of this copy, such as {@code reviews-v2-127.0.1.5}
 * @param cluster the name of the cluster or host that it runs in
 * @param version such as {@code v2}
 */
record Instance(String pod, String cluster, String version) {}
