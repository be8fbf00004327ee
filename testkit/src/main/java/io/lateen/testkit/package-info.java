/**
 * What every module tests with: house rules, golden files, scripted clocks, waiting for conditions.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit;
