/**
 * Cases that others wrote, read from outside the project; absent, the tests that need them are
 * skipped and say so.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.corpus;
