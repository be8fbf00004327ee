/** The administrators' API of local users: make, change, disable, give a new password. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.users;
