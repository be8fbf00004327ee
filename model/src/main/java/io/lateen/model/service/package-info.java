/**
 * What exists in a mesh: services, their ports, the workloads and endpoints behind them, whichever
 * platform reported them. Values only; made by registries, read by translation, on any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.service;
