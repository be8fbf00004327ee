/** A certificate authority for tests, which makes the good and the bad ones alike. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.certificate;
