/** Tests of what is known of the backends. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.backend;
