/** Tests of balancing, on 10,000 picks from a seed. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.balance;
