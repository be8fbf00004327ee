/** Tests of identities. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.identity;
