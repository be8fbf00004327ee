package io.lateen.sidecar.upstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One event loop's connections from clients: to close quiet ones, and all of them in time. */
public final class ClientConnections {
    /** A connection from a client, whatever it speaks. */
    public interface Member {
        /** Takes no further request and closes when the one under way has ended. */
        void drain();

        /** Says with its next response that it is the last; until then all is as before. */
        void finishUp();

        /** Closes at once. */
        void close();

        /** Whether a request, or a raw connection, is under way. */
        boolean busy();

        /** The socket that it was accepted on. */
        String socket();

        /** Looks whether the client has been quiet for too long; called about once a second. */
        void sweep(long nowNanos);
    }

    private final Set<Member> members = new LinkedHashSet<>();

    /** A connection was accepted. */
    public void add(Member member) {
        members.add(member);
    }

    /** A connection is gone. */
    public void remove(Member member) {
        members.remove(member);
    }

    /** Closes connections, whatever they are doing. */
    public void close(Predicate<Member> which) {
        chosen(which).forEach(Member::close);
        members.removeIf(which);
    }

    /** Asks for no further request on these connections, but serves those that come. */
    public void finishUp(Predicate<Member> which) {
        chosen(which).forEach(Member::finishUp);
    }

    /** Lets these connections end after what they are doing. */
    public void drain(Predicate<Member> which) {
        chosen(which).forEach(Member::drain);
    }

    /** A list of its own: whoever ends takes itself out. */
    private List<Member> chosen(Predicate<Member> which) {
        return members.stream().filter(which).toList();
    }

    /** Whether there is one of these. */
    public boolean any(Predicate<Member> which) {
        return members.stream().anyMatch(which);
    }

    /** Closes those that have been quiet for too long. */
    public void sweep(long nowNanos) {
        List.copyOf(members).forEach(member -> member.sweep(nowNanos));
    }

    /** Connections at the moment. */
    public int count() {
        return members.size();
    }

    /** Connections that are doing something. */
    public int busy() {
        int count = 0;
        for (Member member : members) {
            count += member.busy() ? 1 : 0;
        }
        return count;
    }
}
