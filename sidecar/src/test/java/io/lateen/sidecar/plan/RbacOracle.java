package io.lateen.sidecar.plan;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides by an RBAC filter as it was written, in the plainest way. */
final class RbacOracle {

    private RbacOracle() {}

    /**
     * A request, or a connection without one.
     *
     * @param headers with the pseudo headers; empty for a connection
     * @param principal empty for nobody
     */
    record Call(
            Map<String, String> headers,
            String principal,
            String peerAddress,
            String localAddress,
            int localPort,
            String serverName) {}

    /** What a filter decides. */
    record Verdict(boolean allowed, @Nullable String rule) {}

    static Verdict decide(JsonNode filter, Call call) {
        JsonNode rules = filter.path("typedConfig").path("rules");
        if (rules.isMissingNode()) {
            return new Verdict(true, null);
        }
        String action = rules.path("action").asString("ALLOW");
        Optional<String> matched = Optional.empty();
        Map<String, JsonNode> policies = new TreeMap<>();
        rules.path("policies")
                .propertyStream()
                .forEach(e -> policies.put(e.getKey(), e.getValue()));
        for (Map.Entry<String, JsonNode> policy : policies.entrySet()) {
            boolean done =
                    policy.getValue()
                            .path("permissions")
                            .valueStream()
                            .anyMatch(p -> holds(p, call));
            boolean who =
                    policy.getValue()
                            .path("principals")
                            .valueStream()
                            .anyMatch(p -> holds(p, call));
            if (done && who) {
                matched = Optional.of(policy.getKey());
                break;
            }
        }
        return switch (action) {
            case "ALLOW" -> new Verdict(matched.isPresent(), null);
            case "DENY" -> new Verdict(matched.isEmpty(), matched.orElse(null));
            case "LOG" -> new Verdict(true, null);
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static boolean holds(JsonNode node, Call call) {
        String kind = node.propertyNames().iterator().next();
        JsonNode value = node.get(kind);
        return switch (kind) {
            case "any" -> true;
            case "andRules" -> value.get("rules").valueStream().allMatch(each -> holds(each, call));
            case "orRules" -> value.get("rules").valueStream().anyMatch(each -> holds(each, call));
            case "andIds" -> value.get("ids").valueStream().allMatch(each -> holds(each, call));
            case "orIds" -> value.get("ids").valueStream().anyMatch(each -> holds(each, call));
            case "notRule", "notId" -> !holds(value, call);
            case "authenticated" ->
                    !call.principal().isEmpty()
                            && text(value.get("principalName"), call.principal());
            case "header" -> header(value, call);
            case "urlPath" ->
                    text(
                            value.get("path"),
                            call.headers().getOrDefault(":path", "").split("[?]", 2)[0]);
            case "uriTemplate" ->
                    Pattern.matches(
                            value.get("typedConfig")
                                    .get("pathTemplate")
                                    .asString()
                                    .replace("**", "\u0000")
                                    .replace("*", "[^/]+")
                                    .replace("\u0000", ".*"),
                            call.headers().getOrDefault(":path", "").split("[?]", 2)[0]);
            case "destinationPort" -> value.asInt() == call.localPort();
            case "destinationIp" -> within(value, call.localAddress());
            case "directRemoteIp" -> within(value, call.peerAddress());
            case "remoteIp" -> {
                String forwarded = call.headers().get("x-forwarded-for");
                yield within(
                        value,
                        forwarded == null
                                ? call.peerAddress()
                                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
            }
            case "requestedServerName" -> text(value, call.serverName());
            case "metadata" -> false;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static boolean header(JsonNode matcher, Call call) {
        String value = call.headers().get(matcher.get("name").asString().toLowerCase(Locale.ROOT));
        if (matcher.path("presentMatch").asBoolean(false)) {
            return value != null;
        }
        if (value == null) {
            return false;
        }
        return matcher.has("safeRegexMatch")
                ? Pattern.matches(matcher.get("safeRegexMatch").get("regex").asString(), value)
                : text(matcher.get("stringMatch"), value);
    }

    private static boolean text(JsonNode matcher, String value) {
        boolean ignoreCase = matcher.path("ignoreCase").asBoolean(false);
        String found = ignoreCase ? value.toLowerCase(Locale.ROOT) : value;
        if (matcher.has("safeRegex")) {
            return Pattern.matches(matcher.get("safeRegex").get("regex").asString(), value);
        }
        String kind = matcher.has("exact") ? "exact" : matcher.has("prefix") ? "prefix" : "suffix";
        String wanted = matcher.get(kind).asString();
        wanted = ignoreCase ? wanted.toLowerCase(Locale.ROOT) : wanted;
        return switch (kind) {
            case "exact" -> found.equals(wanted);
            case "prefix" -> found.startsWith(wanted);
            default -> found.endsWith(wanted);
        };
    }

    private static boolean within(JsonNode range, String address) {
        byte[] low = bytes(range.get("addressPrefix").asString());
        byte[] one = bytes(address);
        if (low.length != one.length) {
            return false;
        }
        int drop = low.length * 8 - range.path("prefixLen").asInt(0);
        return new BigInteger(1, low)
                .shiftRight(drop)
                .equals(new BigInteger(1, one).shiftRight(drop));
    }

    private static byte[] bytes(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            throw new IllegalArgumentException(address);
        }
        return bytes;
    }

    /** A socket's address that is looked up nowhere. */
    static InetSocketAddress socket(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes(address)), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
