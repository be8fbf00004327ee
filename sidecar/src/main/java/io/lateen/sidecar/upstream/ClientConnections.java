package io.lateen.sidecar.upstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** Closes every connection, whatever it is doing. */
    public void close() {
        List.copyOf(members).forEach(Member::close);
        members.clear();
    }

    /** Asks for no further request on any connection, but serves those that come. */
    public void finishUp() {
        List.copyOf(members).forEach(Member::finishUp);
    }

    /** Lets every connection end after what it is doing. */
    public void drain() {
        List.copyOf(members).forEach(Member::drain);
    }

    /** Lets the connections of one socket end after what they are doing. */
    public void drain(String socket) {
        for (Member member : List.copyOf(members)) {
            if (member.socket().equals(socket)) {
                member.drain();
            }
        }
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
