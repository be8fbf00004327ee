/** Properties over seeded random values: a failure prints the seed that repeats it. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.property;
