/**
 * How the portal says no: RFC 9457 problem details with a code that the page translates. Used by
 * every package that answers requests.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.problem;
