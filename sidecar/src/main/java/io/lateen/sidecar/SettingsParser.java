package io.lateen.sidecar;

import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Workload;
import io.lateen.model.validation.Violation;
import io.lateen.sidecar.Flags.Flag;
import io.lateen.sidecar.ads.ManagerAddress;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.health.Probe;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.telemetry.AccessLog;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@link Settings}, or every mistake in them. */
final class SettingsParser {

    /** Where the first served service's inbound traffic comes in. */
    private static final int FIRST_INBOUND = 15006;

    /** The further ones follow from here, above the ports of the sidecar's own. */
    private static final int NEXT_INBOUND = 15100;

    private static final String MESH = "cluster.local";

    private final Flags flags;

    private SettingsParser(Flags flags) {
        this.flags = flags;
    }

    /** What came of reading. */
    sealed interface Parsed {

        /** It can start. */
        record Accepted(Settings settings) implements Parsed {}

        /** It cannot, for all of these reasons. */
        record Refused(List<Violation> violations) implements Parsed {}

        /** It was only asked what it can do. */
        record Help() implements Parsed {}
    }

    /**
     * @param environment a variable's value, null when it is not set
     * @param startedMillis tells two incarnations of one node apart
     */
    static Parsed parse(
            List<String> arguments,
            UnaryOperator<@Nullable String> environment,
            long startedMillis) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new Parsed.Help();
        }
        SettingsParser parser = new SettingsParser(Flags.read(arguments, environment));
        Settings settings = parser.settings(startedMillis);
        List<Violation> violations = parser.flags.violations();
        return violations.isEmpty()
                ? new Parsed.Accepted(settings)
                : new Parsed.Refused(violations);
    }

    private Settings settings(long startedMillis) {
        ProxyType type = type();
        InetAddress address = address(Flag.ADDRESS, "127.0.0.1");
        String namespace = flags.value(Flag.NAMESPACE).orElse("default");
        List<NodeDescription.ServedService> served = served(namespace, address);
        if (type == ProxyType.ROUTER && !served.isEmpty()) {
            flags.violate(
                    Flag.SERVE.flag(),
                    "a service in mode router",
                    "none: a router serves Gateways",
                    "leave it out, or use --mode sidecar");
        }
        String workload =
                flags.value(Flag.WORKLOAD)
                        .orElse(served.isEmpty() ? type.word() : served.getFirst().service());
        String account = flags.value(Flag.SERVICE_ACCOUNT).orElse("default");
        Optional<OwnIdentity> identity = new IdentityFlags(flags).read(namespace, account);
        NodeDescription node =
                new NodeDescription(
                        new NodeId(type, text(address), workload, namespace, MESH),
                        new NodeDescription.Workload(
                                flags.value(Flag.NAME).orElse(workload + "-" + text(address)),
                                workload,
                                labels(workload, identity.isPresent()),
                                account,
                                flags.value(Flag.CLUSTER_ID).orElse("Kubernetes"),
                                MESH,
                                locality()),
                        served,
                        false,
                        startedMillis);
        return new Settings(
                type,
                managers(identity.isPresent() ? "127.0.0.1:15012" : "127.0.0.1:15010"),
                address,
                node,
                dependencies(),
                probe(served),
                number(Flag.CONCURRENCY, 2, 1, 64),
                flags.value(Flag.STATE_DIRECTORY).map(Path::of),
                identity,
                new Settings.OutsideFiles(
                        flags.value(Flag.CREDENTIALS).map(Path::of),
                        flags.variable("SSL_CERT_FILE").map(Path::of)),
                accessLog(),
                choice(Flag.REASON_HEADER, "on", Map.of("on", true, "off", false)),
                choice(Flag.HTTP10, "off", Map.of("on", true, "off", false)),
                proxyHeaders(type),
                logLevel(),
                flags.value(Flag.MAX_CONNECTIONS).isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(number(Flag.MAX_CONNECTIONS, 1, 1, 1_000_000)),
                Duration.ofSeconds(number(Flag.PROPAGATION, 5, 0, 60)),
                Duration.ofSeconds(number(Flag.DRAIN, 45, 0, 3_600)),
                Duration.ofSeconds(number(Flag.APPLICATION_GRACE, 25, 0, 3_600)));
    }

    private ProxyType type() {
        return choice(
                Flag.MODE,
                "sidecar",
                Map.of("sidecar", ProxyType.SIDECAR, "router", ProxyType.ROUTER));
    }

    private Optional<ProxyHeaders> proxyHeaders(ProxyType type) {
        Optional<ProxyHeaders> wanted =
                choice(
                        Flag.PROXY_PROTOCOL,
                        "off",
                        Map.of(
                                "off",
                                Optional.empty(),
                                "required",
                                Optional.of(ProxyHeaders.REQUIRED),
                                "optional",
                                Optional.of(ProxyHeaders.OPTIONAL)));
        if (wanted.isPresent() && type != ProxyType.ROUTER) {
            flags.violate(
                    Flag.PROXY_PROTOCOL.flag(),
                    "a value in mode sidecar",
                    "off: load balancers stand before gateways",
                    "leave it out, or use --mode router");
        }
        return wanted;
    }

    private List<ManagerAddress> managers(String otherwise) {
        List<ManagerAddress> managers = new ArrayList<>();
        for (String each : flags.value(Flag.MANAGER).orElse(otherwise).split(",", -1)) {
            HostPort manager = HostPort.parse(each.strip());
            if (manager == null) {
                flags.violate(Flag.MANAGER, each, "host:port, with commas between several");
            } else {
                managers.add(new ManagerAddress(manager.host(), manager.port()));
            }
        }
        return managers;
    }

    private InetAddress address(Flag flag, String otherwise) {
        String text = flags.value(flag).orElse(otherwise);
        InetAddress address = literal(text);
        if (address == null || address.isAnyLocalAddress()) {
            flags.violate(flag, text, "one IP address of this machine, such as 127.0.1.3");
            return InetAddress.getLoopbackAddress();
        }
        return address;
    }

    private Map<String, String> labels(String workload, boolean hasCertificate) {
        Map<String, String> labels = new TreeMap<>();
        if (hasCertificate) {
            // By this others know that they may ask this workload for its certificate.
            labels.put(Workload.TLS_MODE, "istio");
        }
        Optional<String> text = flags.value(Flag.LABELS);
        if (text.isEmpty()) {
            labels.put("app", workload);
            return labels;
        }
        for (String each : text.get().split(",", -1)) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                flags.violate(Flag.LABELS, each, "name=value, with commas between several");
            } else {
                labels.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
            }
        }
        return labels;
    }

    private NodeDescription.Locality locality() {
        Optional<String> text = flags.value(Flag.LOCALITY);
        if (text.isEmpty()) {
            return NodeDescription.Locality.UNKNOWN;
        }
        String[] parts = text.get().split("/", -1);
        if (parts.length > 3 || parts[0].isBlank()) {
            flags.violate(Flag.LOCALITY, text.get(), "region[/zone[/subzone]]");
            return NodeDescription.Locality.UNKNOWN;
        }
        return new NodeDescription.Locality(
                parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** {@code reviews:9080[:http][=127.0.0.1:9080]}, the service optionally with its namespace. */
    private List<NodeDescription.ServedService> served(String namespace, InetAddress address) {
        List<NodeDescription.ServedService> served = new ArrayList<>();
        for (String each : flags.values(Flag.SERVE)) {
            int equals = each.indexOf('=');
            String[] parts = (equals < 0 ? each : each.substring(0, equals)).split(":", -1);
            int port = parts.length < 2 ? -1 : HostPort.port(parts[1]);
            String protocol = parts.length == 3 ? parts[2] : "";
            HostPort app =
                    equals < 0
                            ? new HostPort(text(address), Math.max(1, port))
                            : HostPort.parse(each.substring(equals + 1));
            boolean known = protocol.isEmpty() || Protocol.named(protocol).isPresent();
            if (parts.length > 3 || parts[0].isBlank() || port < 1 || app == null || !known) {
                flags.violate(
                        Flag.SERVE,
                        each,
                        "service:port[:protocol][=appHost:appPort], such as"
                                + " reviews:9080:http");
                continue;
            }
            int dot = parts[0].indexOf('.');
            served.add(
                    new NodeDescription.ServedService(
                            dot < 0 ? parts[0] : parts[0].substring(0, dot),
                            dot < 0 ? namespace : parts[0].substring(dot + 1),
                            port,
                            protocol,
                            served.isEmpty() ? FIRST_INBOUND : NEXT_INBOUND + served.size(),
                            app.host(),
                            app.port()));
        }
        return served;
    }

    /** {@code tcp-echo:9000=127.0.1.3:6000}. */
    private List<SocketPlan> dependencies() {
        List<SocketPlan> sockets = new ArrayList<>();
        for (String each : flags.values(Flag.DEPENDENCY)) {
            int equals = each.indexOf('=');
            HostPort service = HostPort.parse(equals < 0 ? each : each.substring(0, equals));
            HostPort local = equals < 0 ? null : HostPort.parse(each.substring(equals + 1));
            InetAddress address = local == null ? null : literal(local.host());
            if (service == null || local == null || address == null) {
                flags.violate(
                        Flag.DEPENDENCY,
                        each,
                        "service:port=address:port, such as tcp-echo:9000=127.0.1.3:6000");
                continue;
            }
            sockets.add(
                    new SocketPlan(
                            "dependency_" + local,
                            new InetSocketAddress(address, local.port()),
                            SocketPlan.Role.DEPENDENCY,
                            new SocketPlan.Dependency(service.host(), service.port())));
        }
        return sockets;
    }

    private Probe probe(List<NodeDescription.ServedService> served) {
        String text = flags.value(Flag.HEALTH).orElse(served.isEmpty() ? "none" : "tcp");
        if (text.equals("none")) {
            return new Probe.None();
        }
        boolean http = text.startsWith("http:/");
        if (!http && !text.equals("tcp")) {
            flags.violate(Flag.HEALTH, text, "tcp, http:/path or none");
            return new Probe.None();
        }
        if (served.isEmpty()) {
            flags.violate(
                    Flag.HEALTH.flag(),
                    "'" + text + "' and no service",
                    "an application to ask",
                    "name it with --serve, or use --health none");
            return new Probe.None();
        }
        NodeDescription.ServedService app = served.getFirst();
        return http
                ? new Probe.Http(app.appAddress(), app.appPort(), text.substring("http:".length()))
                : new Probe.Tcp(app.appAddress(), app.appPort());
    }

    private Optional<Settings.AccessLogTarget> accessLog() {
        String text = flags.value(Flag.ACCESS_LOG).orElse("off");
        int colon = text.indexOf(':');
        Optional<Path> file =
                colon < 0 ? Optional.empty() : Optional.of(Path.of(text.substring(colon + 1)));
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "off" -> Optional.empty();
            case "text" -> Optional.of(new Settings.AccessLogTarget(AccessLog.Format.TEXT, file));
            case "json" -> Optional.of(new Settings.AccessLogTarget(AccessLog.Format.JSON, file));
            default -> {
                flags.violate(Flag.ACCESS_LOG, text, "off, text[:file] or json[:file]");
                yield Optional.empty();
            }
        };
    }

    private Settings.LogLevel logLevel() {
        Map<String, Settings.LogLevel> levels = new TreeMap<>();
        for (Settings.LogLevel level : Settings.LogLevel.values()) {
            levels.put(level.name().toLowerCase(Locale.ROOT), level);
        }
        return choice(Flag.LOG_LEVEL, "info", levels);
    }

    private <T> T choice(Flag flag, String otherwise, Map<String, T> values) {
        String text = flags.value(flag).orElse(otherwise);
        T value = values.get(text.toLowerCase(Locale.ROOT));
        if (value != null) {
            return value;
        }
        flags.violate(flag, text, String.join(" or ", new TreeMap<>(values).keySet()));
        return values.values().iterator().next();
    }

    private int number(Flag flag, int otherwise, int least, int most) {
        Optional<String> text = flags.value(flag);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the range.
        }
        flags.violate(flag, text.get(), "a number from %d to %d".formatted(least, most));
        return otherwise;
    }

    private static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    private static @Nullable InetAddress literal(String text) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 octets", impossible);
        }
    }

    private record HostPort(String host, int port) {

        static @Nullable HostPort parse(String text) {
            int colon = text.lastIndexOf(':');
            int port = colon < 1 ? -1 : port(text.substring(colon + 1));
            if (port < 1) {
                return null;
            }
            String host = text.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
        }

        static int port(String text) {
            try {
                int port = Integer.parseInt(text);
                return port >= 1 && port <= 65535 ? port : -1;
            } catch (NumberFormatException notANumber) {
                return -1;
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
