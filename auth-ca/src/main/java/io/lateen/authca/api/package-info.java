/**
 * The authority over REST, for operators and the portal: roots, join tokens, what is in force and
 * what was issued. On the request's virtual thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.api;
