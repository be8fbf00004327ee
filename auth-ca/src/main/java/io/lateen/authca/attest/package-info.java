/**
 * Who somebody is that has no certificate yet: one-time join tokens. Blocking, in the caller's
 * transaction where there is one.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.attest;
