/** Expected results kept in files beside the tests, and one switch that rewrites them. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.golden;
