package io.lateen.manager.api.status;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends a request with a {@link Status}. An exception, although a refusal is expected: it must undo
 * the transaction it is thrown in, and REST is no hot path.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    /** Refuses with a status. */
    public Refusal(Status status) {
        super(status.message(), null, false, false);
        this.status = status;
    }

    /** What the client is answered. */
    public Status status() {
        return status;
    }

    /** 400: the request itself makes no sense. */
    public static Refusal badRequest(String message) {
        return of(400, "BadRequest", message, Subject.NONE);
    }

    /** 403: nobody may do this. */
    public static Refusal forbidden(Subject subject, String why) {
        return of(403, "Forbidden", subject.text() + " is forbidden: " + why, subject);
    }

    /** 404: there is no such object. */
    public static Refusal notFound(Subject subject) {
        return of(404, "NotFound", subject.text() + " not found", subject);
    }

    /** 404: there is no such path. */
    public static Refusal noSuchPath(String path) {
        return of(
                404,
                "NotFound",
                "the server could not find the requested resource: " + path,
                Subject.NONE);
    }

    /** 404: nothing has been written under this number yet. */
    public static Refusal noSuchRevision(long revision, long newest) {
        return of(
                404,
                "NotFound",
                "revision: found " + revision + ", expected at most " + newest + ", the newest",
                Subject.NONE);
    }

    /** 405: it exists, but not to be used like this. */
    public static Refusal methodNotAllowed(String message) {
        return of(405, "MethodNotAllowed", message, Subject.NONE);
    }

    /** 406: none of the formats asked for is spoken here. */
    public static Refusal notAcceptable(String message) {
        return of(406, "NotAcceptable", message, Subject.NONE);
    }

    /** 409: the name is taken. */
    public static Refusal alreadyExists(Subject subject) {
        return of(409, "AlreadyExists", subject.text() + " already exists", subject);
    }

    /** 409: somebody else was faster. */
    public static Refusal conflict(Subject subject, String why) {
        return of(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + subject.text() + ": " + why,
                subject);
    }

    /** 409 with the fields that others manage. */
    public static Refusal applyConflict(Subject subject, List<Cause> causes) {
        String count = causes.size() == 1 ? "1 conflict" : causes.size() + " conflicts";
        return new Refusal(
                new Status(
                        409,
                        "Conflict",
                        "Apply failed with " + count + ": " + joined(causes),
                        subject,
                        causes));
    }

    /** 410: what was asked for is no longer kept. */
    public static Refusal expired(String message) {
        return of(410, "Expired", message, Subject.NONE);
    }

    /** 413: more than is read. */
    public static Refusal tooLarge(String message) {
        return of(413, "RequestEntityTooLarge", message, Subject.NONE);
    }

    /** 415: the body is in a format that is not read here. */
    public static Refusal unsupportedMediaType(String message) {
        return of(415, "UnsupportedMediaType", message, Subject.NONE);
    }

    /**
     * 422: the object is not as it should be.
     *
     * @param kind {@code VirtualService.networking.istio.io}
     */
    public static Refusal invalid(String kind, Subject subject, List<Cause> causes) {
        String message = kind + " \"" + subject.name() + "\" is invalid: " + joined(causes);
        return new Refusal(new Status(422, "Invalid", message, subject, causes));
    }

    /** 503: not now. */
    public static Refusal unavailable(String message) {
        return of(503, "ServiceUnavailable", message, Subject.NONE);
    }

    /** 504: it did not come in time. */
    public static Refusal timeout(String message) {
        return of(504, "Timeout", message, Subject.NONE);
    }

    private static Refusal of(int code, String reason, String message, Subject subject) {
        return new Refusal(Status.failure(code, reason, message, subject));
    }

    private static String joined(List<Cause> causes) {
        String all =
                causes.stream()
                        .map(
                                cause ->
                                        cause.field().isEmpty()
                                                ? cause.message()
                                                : cause.field() + ": " + cause.message())
                        .collect(Collectors.joining(", "));
        return causes.size() == 1 ? all : "[" + all + "]";
    }
}
