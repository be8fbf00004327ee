/** Tests of the admin pages. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.admin;
