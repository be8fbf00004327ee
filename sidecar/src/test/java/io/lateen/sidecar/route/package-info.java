/** Tests of matching, rewriting and redirecting. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.route;
