/** What the manager takes in, its sidecars carry out: the two ends of a rule agree. */
@org.jspecify.annotations.NullMarked
package io.lateen.e2e.admission;
