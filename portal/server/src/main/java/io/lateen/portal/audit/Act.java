package io.lateen.portal.audit;

import io.lateen.portal.caller.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody wants done, before it is known what comes of it.
 *
 * @param caller who; null when nobody is signed in
 * @param claimedUser who it claims to be while nobody is signed in: the name given at a sign-in
 * @param origin from where, under which request id
 * @param action what
 * @param object on what
 */
public record Act(
        @Nullable Caller caller, String claimedUser, Origin origin, String action, String object) {

    private static final int LONGEST = 500;

    /** Cuts what is long: some of it comes from strangers. */
    public Act {
        claimedUser = cut(claimedUser);
        object = cut(object);
    }

    /** Of somebody who is signed in. */
    public static Act of(Caller caller, Origin origin, String action, String object) {
        return new Act(caller, "", origin, action, object);
    }

    /** Of somebody who is not. */
    public static Act ofStranger(String claimedUser, Origin origin, String action, String object) {
        return new Act(null, claimedUser, origin, action, object);
    }

    String actor() {
        return caller == null ? claimedUser : caller.user();
    }

    String signIn() {
        return caller == null ? "" : caller.signIn().name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
