/**
 * A real PostgreSQL for tests: binaries from Maven, started once per JVM, a fresh database for each
 * test class. Called from test classes, on JUnit's thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.postgres;
