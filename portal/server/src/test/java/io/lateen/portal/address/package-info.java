/** Tests of the public address. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.address;
