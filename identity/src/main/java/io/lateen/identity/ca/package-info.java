/**
 * The certificate authority as its clients see it: the protocol, a client, and the renewal that
 * keeps a certificate in force for as long as the program runs. {@link
 * io.lateen.identity.ca.CertificateRenewal} works on one thread of its own.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.ca;
