/** Records, taken down and sent. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.report;
