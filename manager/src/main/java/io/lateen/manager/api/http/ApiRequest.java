package io.lateen.manager.api.http;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.api.select.FieldSelector;
import io.lateen.manager.api.select.LabelSelector;
import io.lateen.manager.api.select.MalformedSelector;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.status.Subject;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.StoredObject;
import io.lateen.model.codec.UnknownFields;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * A request for objects of a type, its path and parameters read.
 *
 * @param namespace empty where the path names none
 * @param name empty where the path names a collection
 */
public record ApiRequest(
        ServerRequest request, ApiType type, String version, String namespace, String name) {

    /** Reads the path of a request: {@code group} (or none), {@code version}, {@code plural}, … */
    public static ApiRequest of(ServerRequest request, ApiCatalog catalog) {
        Map<String, String> path = request.pathVariables();
        String group = path.getOrDefault("group", "");
        String version = path.getOrDefault("version", "v1");
        ApiType type =
                catalog.atPath(group, version, path.getOrDefault("plural", ""))
                        .orElseThrow(() -> Refusal.noSuchPath(request.path()));
        String namespace = path.getOrDefault("namespace", "");
        if (!type.namespaced() && !namespace.isEmpty()) {
            throw Refusal.noSuchPath(request.path());
        }
        String name = path.getOrDefault("name", "");
        if (type.namespaced() && namespace.isEmpty() && !name.isEmpty()) {
            throw Refusal.noSuchPath(request.path());
        }
        return new ApiRequest(request, type, version, namespace, name);
    }

    /** This, if whoever asks may read in the namespace that the path names; 403 otherwise. */
    public ApiRequest requireReadable() {
        return require(Role.VIEWER);
    }

    /** This, if whoever asks has a role in the namespace that the path names; 403 otherwise. */
    public ApiRequest require(Role needed) {
        String room = Visibility.room(key());
        if (!room.isEmpty()) {
            caller().denial(needed, room)
                    .ifPresent(
                            denial -> {
                                throw Refusal.forbidden(subject(), denial);
                            });
        }
        return this;
    }

    private Caller caller() {
        return Caller.of(request.servletRequest());
    }

    /** The object that the path names. */
    public ObjectKey key() {
        return new ObjectKey(type.type(), namespace, name);
    }

    /** What the path names, as the subject of a status. */
    public Subject subject() {
        return type.subject(name);
    }

    /** A parameter; empty if it is not there. */
    public String parameter(String parameter) {
        return request.param(parameter).orElse("");
    }

    /** A parameter that is true or false, and false if it is not there. */
    public boolean flag(String parameter) {
        return switch (parameter(parameter)) {
            case "", "false", "0" -> false;
            case "true", "1" -> true;
            case String other ->
                    throw Refusal.badRequest(
                            parameter + ": found '" + other + "', expected true or false");
        };
    }

    /** A parameter that is a number from 0. */
    public Optional<Long> number(String parameter) {
        String text = parameter(parameter);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            throw notANumber(parameter, text);
        }
        throw notANumber(parameter, text);
    }

    /** Whether the write is to be tried only. */
    public boolean dryRun() {
        return switch (parameter("dryRun")) {
            case "" -> false;
            case "All" -> true;
            case String other ->
                    throw Refusal.badRequest("dryRun: found '" + other + "', expected All");
        };
    }

    /**
     * What to do about fields that nobody knows: {@code fieldValidation}. Kubernetes warns where
     * nothing is asked for; Lateen refuses, because a rule with a misspelt field is another rule.
     */
    public UnknownFields unknownFields() {
        return switch (parameter("fieldValidation")) {
            case "", "Strict" -> UnknownFields.REFUSED;
            case "Warn" -> UnknownFields.WARNED_OF;
            case "Ignore" -> UnknownFields.IGNORED;
            case String other ->
                    throw Refusal.badRequest(
                            "fieldValidation: found '"
                                    + other
                                    + "', expected Strict, Warn or Ignore");
        };
    }

    /** Whether the selectors of the request select an object. */
    public Selection selection() {
        try {
            return new Selection(
                    caller(),
                    namespace,
                    LabelSelector.parse(parameter("labelSelector")),
                    FieldSelector.parse(parameter("fieldSelector")));
        } catch (MalformedSelector e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** The form of the answer. */
    public Representation representation() {
        return Representation.of(request.headers().header("Accept"));
    }

    private static Refusal notANumber(String parameter, String text) {
        return Refusal.badRequest(parameter + ": found '" + text + "', expected a number from 0");
    }

    /**
     * Which objects of a type are asked for, of those that the caller may see.
     *
     * @param namespace empty for all
     */
    public record Selection(
            Caller caller, String namespace, LabelSelector labels, FieldSelector fields) {

        /** Whether an object is among them. */
        public boolean matches(StoredObject object) {
            ObjectKey key = object.key();
            return (namespace.isEmpty() || namespace.equals(key.namespace()))
                    && Visibility.of(caller, key)
                    && labels.matches(object.marks().labels())
                    && fields.matches(key.namespace(), key.name());
        }
    }
}
