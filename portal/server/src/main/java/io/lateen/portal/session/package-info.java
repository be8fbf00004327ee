/**
 * Sessions: rows in PostgreSQL, named by a cookie that holds 256 random bits. Started at sign-in,
 * ended by sign-out, by idleness, after half a day, or by an administrator.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.session;
