/**
 * A program's own certificate and what it makes of those of others. {@link
 * io.lateen.identity.CertificateSource} hands out the certificate in force, {@link
 * io.lateen.identity.PeerVerification} tells whose a peer's is. Used by every program that speaks
 * mTLS; any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.identity;
