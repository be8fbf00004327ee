/**
 * Asking for a certificate: a key made in this process, and a request signed with it (PKCS #10).
 * Values and functions; any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.csr;
