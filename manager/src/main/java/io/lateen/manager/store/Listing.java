package io.lateen.manager.store;

import java.util.List;

/** All objects of a type at one revision, in the order of their keys. */
public record Listing(long revision, List<StoredObject> objects) {}
