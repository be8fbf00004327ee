/**
 * The audit: who did what, when, from where, and what came of it. Rows are only ever added; the
 * database refuses to change them. Written by every package that lets something be done or refuses
 * it.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.audit;
