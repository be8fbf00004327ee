/** Tests of metrics and access log. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.telemetry;
