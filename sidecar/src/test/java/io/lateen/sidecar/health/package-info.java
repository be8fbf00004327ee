/** Tests of the application's health. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.health;
