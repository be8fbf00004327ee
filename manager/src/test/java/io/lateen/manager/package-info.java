/** Tests of the manager as a whole, and what its features' tests share. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager;
