/** Tests of who may call. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.access;
