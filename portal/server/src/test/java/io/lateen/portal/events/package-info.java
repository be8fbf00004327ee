/** Tests of the stream of events. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.events;
