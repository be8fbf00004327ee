/**
 * What users write: one record per kind, with its parts, typed. Values only: the codec makes them
 * of valid documents, stores keep them, translation reads them, on any thread. Lists and maps are
 * never null and keep the order of the document; a part that may be absent is {@code @Nullable}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.resource;
