/** Tests of what every request passes. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.door;
