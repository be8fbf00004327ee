package io.lateen.manager.access;

/** What a caller may do, each including those before it. */
public enum Role {
    /** Read everything. */
    VIEWER,
    /** Change the mesh. */
    OPERATOR,
    /** Change who may do what, too. */
    ADMIN;

    /** Whether a caller with this role may do what that role may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
