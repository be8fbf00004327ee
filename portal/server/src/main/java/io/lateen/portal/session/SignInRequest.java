package io.lateen.portal.session;

import java.util.Objects;

/** A user's name and password. */
record SignInRequest(String user, String password) {

    /** Refuses what is not whole. */
    SignInRequest {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "SignInRequest[user=" + user + "]";
    }
}
