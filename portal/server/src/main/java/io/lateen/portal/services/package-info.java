/**
 * The services with their versions, workloads and rates, and the rules that split their traffic:
 * put together from the manager's and the mixer's answers.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.services;
