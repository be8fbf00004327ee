package io.lateen.manager.store;

/** One object at one revision. */
public record StoredObject(ObjectKey key, Stamp stamp, Marks marks, Body body) {

    /** The revision that wrote this state: Kubernetes' {@code resourceVersion}. */
    public long revision() {
        return stamp.revision();
    }

    /** Whether users see the same, whatever the store says of it. */
    boolean saysTheSameAs(Marks otherMarks, Body otherBody) {
        return marks.equals(otherMarks)
                && SameJson.same(body.spec(), otherBody.spec())
                && SameJson.same(body.status(), otherBody.status());
    }
}
