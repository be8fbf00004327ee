package io.lateen.portal.users;

import org.jspecify.annotations.Nullable;

/**
 * A user and, when it was drawn here, the password: answered this once.
 *
 * @param password null when the caller chose it
 */
record DrawnPassword(UserView user, @Nullable String password) {

    @Override
    public String toString() {
        return "DrawnPassword[user=" + user.name() + "]";
    }
}
