/**
 * Issuing: from a credential and a request to a certificate or a reason why there is none, with a
 * record of it either way. {@link io.lateen.authca.issue.Issuing} blocks; any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.issue;
