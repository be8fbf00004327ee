/**
 * Says which services exist and who serves them. Each source is a {@link
 * io.lateen.manager.registry.ServiceRegistry}: the ServiceEntries in the store, a file, the
 * sidecars that register themselves. {@code publish} reads them on its own thread, and is called
 * back from any thread when one has changed.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.registry;
