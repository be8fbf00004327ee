/** Tests of the administrators' API of users, and of the audit that it leaves. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.users;
