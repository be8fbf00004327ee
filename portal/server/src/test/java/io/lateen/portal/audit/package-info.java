/** Tests of the audit. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.audit;
