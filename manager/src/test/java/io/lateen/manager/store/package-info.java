/** Tests of the store on a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.store;
