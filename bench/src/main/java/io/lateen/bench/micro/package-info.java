/**
 * JMH benchmarks of the request path's parts: {@code java -cp bench/target/bench.jar
 * org.openjdk.jmh.Main -prof gc RouteLookup}.
 *
 * <p>Called by JMH, each in a JVM of its own.
 */
@NullMarked
package io.lateen.bench.micro;

import org.jspecify.annotations.NullMarked;
