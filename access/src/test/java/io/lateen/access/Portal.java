package io.lateen.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs tokens as the portal does, and serves its keys on a real socket. */
final class Portal implements AutoCloseable {
    final AtomicInteger fetches = new AtomicInteger();
    private final List<ECKey> keys = new ArrayList<>();
    private final HttpServer server;
    private volatile String served = "";
    private volatile int status = 200;

    Portal() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/jwks.json",
                exchange -> {
                    fetches.incrementAndGet();
                    byte[] body = served.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        rotate("first");
    }

    /** Takes a new key into use beside the old ones. */
    ECKey rotate(String id) {
        ECKey key = key(id);
        keys.add(key);
        serve(new JWKSet(List.copyOf(keys)).toString(true));
        return key;
    }

    /** Serves a text as its key set. */
    void serve(String text) {
        served = text;
        status = 200;
    }

    /** Answers with a status and no key. */
    void fail(int code) {
        served = "";
        status = code;
    }

    URI keySet() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/.well-known/jwks.json");
    }

    ECKey current() {
        return keys.getLast();
    }

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a sound token for the manager. */
    static JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer("lateen-portal")
                .subject("ada")
                .audience("manager")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID("9b1d")
                .claim(
                        "grants",
                        List.of(
                                Map.of("role", "viewer", "namespaces", List.of("*")),
                                Map.of("role", "operator", "namespaces", List.of("default"))));
    }

    String sign(JWTClaimsSet claims) {
        return sign(header(current().getKeyID()).build(), claims, current());
    }

    static JWSHeader.Builder header(String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
