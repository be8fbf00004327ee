package io.lateen.model.schema;

import static io.lateen.model.schema.BooleanSchema.bool;
import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.uint32;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What a Gateway may hold. */
final class GatewaySchema {

    private static final TextSchema TLS_VERSION =
            oneOf("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3");

    private static final ObjectSchema SERVER_TLS =
            object(
                    "ServerTLSSettings",
                    field("httpsRedirect", bool(), "Whether plain requests are sent to https.")
                            .orElse(false),
                    field(
                                    "mode",
                                    oneOf(
                                            "PASSTHROUGH",
                                            "SIMPLE",
                                            "MUTUAL",
                                            "AUTO_PASSTHROUGH",
                                            "ISTIO_MUTUAL",
                                            "OPTIONAL_MUTUAL"),
                                    "Whose certificates are asked for.")
                            .orElse("PASSTHROUGH"),
                    field("serverCertificate", text(), "File with the server's certificates."),
                    field("privateKey", text(), "File with the server's key."),
                    field("caCertificates", text(), "File with the authorities that sign clients."),
                    field("caCrl", text(), "File with revoked certificates."),
                    field("credentialName", text(), "Secret that holds them instead."),
                    field(
                            "credentialNames",
                            list(text()).sized(1, 2),
                            "Secrets, one for each kind of key."),
                    field("caCertCredentialName", text(), "Secret with the authorities."),
                    field(
                            "tlsCertificates",
                            list(object(
                                            "TLSCertificate",
                                            field(
                                                    "serverCertificate",
                                                    text(),
                                                    "File with the certificates."),
                                            field("privateKey", text(), "File with the key."),
                                            field(
                                                    "caCertificates",
                                                    text(),
                                                    "File with the authorities.")))
                                    .sized(1, 2),
                            "Files, one entry for each kind of key."),
                    field(
                            "subjectAltNames",
                            list(text()),
                            "Names a client's certificate may carry."),
                    field(
                            "verifyCertificateSpki",
                            list(text()),
                            "Hashes of keys clients may have."),
                    field(
                            "verifyCertificateHash",
                            list(text()),
                            "Hashes of certificates they may have."),
                    field("minProtocolVersion", TLS_VERSION, "Oldest version of TLS.")
                            .orElse("TLS_AUTO"),
                    field("maxProtocolVersion", TLS_VERSION, "Newest version of TLS.")
                            .orElse("TLS_AUTO"),
                    field("cipherSuites", list(text()), "Ciphers that are offered."),
                    field("ecdhCurves", list(text()), "Curves that are offered."),
                    field(
                                    "insecureSkipVerify",
                                    bool(),
                                    "Whether a client's certificate is taken unseen.")
                            .orNull());

    static final ObjectSchema SPEC =
            object(
                    "Gateway",
                    field("selector", map(text()), "Labels of the proxies that open the servers."),
                    field(
                            "servers",
                            list(
                                    object(
                                            "Server",
                                            required(
                                                    "port",
                                                    object(
                                                            "Port",
                                                            required(
                                                                    "number",
                                                                    uint32(),
                                                                    "Port that is opened."),
                                                            required(
                                                                    "protocol",
                                                                    text(),
                                                                    "What is spoken there."),
                                                            required(
                                                                    "name",
                                                                    text(),
                                                                    "Name of the port."),
                                                            field(
                                                                    "targetPort",
                                                                    uint32(),
                                                                    "Not in force for gateways.")),
                                                    "The port that is opened."),
                                            required(
                                                    "hosts",
                                                    list(text()),
                                                    "Hosts: dns or namespace/dns."),
                                            field(
                                                    "bind",
                                                    text(),
                                                    "Address; the proxy's own by default."),
                                            field(
                                                    "tls",
                                                    SERVER_TLS,
                                                    "How connections are encrypted."),
                                            field(
                                                    "defaultEndpoint",
                                                    text(),
                                                    "Not in force anywhere."),
                                            field("name", text(), "Name of the server."))),
                            "Ports and hosts that are served."));

    private GatewaySchema() {}
}
