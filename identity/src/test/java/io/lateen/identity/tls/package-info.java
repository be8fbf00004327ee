/** Tests of credentials. */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.tls;
