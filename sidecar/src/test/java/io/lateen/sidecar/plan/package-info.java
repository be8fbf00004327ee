/** Tests of the compiler from xDS to plans. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.plan;
