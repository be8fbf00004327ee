/**
 * Which objects of a list a client wants: label selectors, field selectors, pages. Values, made per
 * request by the REST handlers.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.select;
