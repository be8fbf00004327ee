/**
 * From a change to a push. Feeds (the store's revisions, the registries) wake {@link
 * io.lateen.manager.publish.PublishLoop}; after a short quiet it builds the snapshot, puts it into
 * the one {@link io.lateen.manager.publish.SnapshotHolder}, has it translated for every connected
 * proxy in parallel and hands each what it is to hold. What really goes out is decided by {@code
 * ads}, by comparing versions.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.publish;
