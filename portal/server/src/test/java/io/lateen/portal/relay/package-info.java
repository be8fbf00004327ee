/** Tests of the relay, against real HTTP servers. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.relay;
