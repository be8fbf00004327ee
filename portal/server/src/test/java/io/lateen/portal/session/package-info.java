/** Tests of signing in and of sessions. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.session;
