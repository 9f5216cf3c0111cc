// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Locale;
import java.text.ParseException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sluse.host.outgoing.PersistentHttp;

/**
 * Stands in for Google's services, as their references describe them: gives tokens to a machine and to a key file, and asks a service for everything else, once whoever calls has shown the newest token. A request
 * that is in no reference fails the test when it is closed.
 */
public final class GoogleStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "sluse@project-1.iam.gserviceaccount.com";

    private final HttpServer server;
    /** Made when a key file is asked for: it takes its time. */
    private @Nullable KeyPair key;
    private final List<String> undeclared = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Integer> faults = Collections.synchronizedList(new ArrayList<>());
    private Function<Request, Optional<Response>> service = request -> Optional.empty();

    /** @param query decoded @param headers by lower-case name */
    public record Request(String method, String path, Map<String, String> query, Map<String, String> headers,
            byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public record Response(int status, Map<String, String> headers, byte[] body) {

        public static Response of(int status, String body) {
            return new Response(status, Map.of("Content-Type", "application/json"),
                    body.getBytes(StandardCharsets.UTF_8));
        }

        /** As every API of Google's says it (AIP-193). */
        public static Response error(int status, String name) {
            return of(status, "{\"error\": {\"code\": %d, \"message\": \"No.\", \"status\": \"%s\"}}"
                    .formatted(status, name));
        }
    }

    public GoogleStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** @param answers empty where the reference has no such request */
    public void serves(Function<Request, Optional<Response>> answers) {
        service = answers;
    }

    /** The next requests to a service get these statuses, and it does not hear of them; 0 hangs up. */
    public void fails(Integer... statuses) {
        faults.addAll(Arrays.asList(statuses));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Access as the account of a machine. */
    public GoogleAccess machine(PersistentHttp http, Clock clock) {
        return new GoogleAccess(http, Optional.empty(), address().resolve(
                "/computeMetadata/v1/instance/service-accounts/default/token"), clock);
    }

    /** Writes a key file as the console gives it. */
    public Path keyFile(Path folder) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var made = generator.generateKeyPair();
            key = made;
            return Files.writeString(folder.resolve("account.json"),
                    JSON.writeValueAsString(new TreeMap<>(Map.of("type", "service_account", "project_id", "project-1",
                            "private_key_id", "key-1", "private_key",
                            "-----BEGIN PRIVATE KEY-----\n"
                                    + Base64.getMimeEncoder(64, new byte[]{'\n'})
                                            .encodeToString(made.getPrivate().getEncoded())
                                    + "\n-----END PRIVATE KEY-----\n",
                            "client_email", ACCOUNT, "token_uri", address() + "/token"))));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public int tokens() {
        return tokens.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(one -> one.getKey().toLowerCase(Locale.ROOT),
                            one -> String.join(",", one.getValue())));
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(),
                    pairs(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("")), headers,
                    exchange.getRequestBody().readAllBytes());
            Optional<Response> response;
            try {
                response = response(request);
            } catch (AssertionError | RuntimeException | IOException wrong) {
                undeclared.add(String.valueOf(wrong));
                response = Optional.empty();
            }
            if (response.isEmpty()) {
                undeclared.add(request.method() + " " + request.path() + " " + request.query());
            }
            var said = response.orElse(Response.error(404, "NOT_FOUND"));
            if (said.status() > 0) {
                said.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(said.status(), said.body().length == 0 ? -1 : said.body().length);
                exchange.getResponseBody().write(said.body());
            }
        }
    }

    private Optional<Response> response(Request request) throws IOException {
        if (request.path().equals("/computeMetadata/v1/instance/service-accounts/default/token")) {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.headers()).containsEntry("metadata-flavor", "Google");
            return Optional.of(token());
        }
        if (request.path().equals("/token")) {
            return Optional.of(byAssertion(request));
        }
        if (!faults.isEmpty()) {
            return Optional.of(new Response(faults.removeFirst(), Map.of(), new byte[0]));
        }
        // A session of an upload is shown by its address, which is the secret.
        if (!request.query().containsKey("upload_id")
                && !request.headers().getOrDefault("authorization", "").equals("Bearer token-" + tokens)) {
            return Optional.of(Response.error(401, "UNAUTHENTICATED"));
        }
        return service.apply(request);
    }

    private Response token() {
        return Response.of(200, "{\"access_token\": \"token-%d\", \"expires_in\": 3599, \"token_type\": \"Bearer\"}"
                .formatted(tokens.incrementAndGet()));
    }

    /** Google's "Using OAuth 2.0 for Server to Server Applications". */
    private Response byAssertion(Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().get("content-type")).startsWith("application/x-www-form-urlencoded");
        var form = pairs(request.text());
        assertThat(form).containsOnlyKeys("grant_type", "assertion")
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        try {
            var assertion = SignedJWT.parse(form.get("assertion"));
            assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
            assertThat(assertion.getHeader().getKeyID()).isEqualTo("key-1");
            assertThat(assertion.verify(new RSASSAVerifier((RSAPublicKey) Objects.requireNonNull(key).getPublic())))
                    .isTrue();
            var claims = assertion.getJWTClaimsSet();
            assertThat(claims.getClaims()).containsOnlyKeys("iss", "scope", "aud", "iat", "exp");
            assertThat(claims.getIssuer()).isEqualTo(ACCOUNT);
            assertThat(claims.getAudience()).containsExactly(address() + "/token");
            assertThat(Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
                    .isLessThanOrEqualTo(Duration.ofHours(1));
            return token();
        } catch (ParseException | JOSEException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static Map<String, String> pairs(String text) {
        return Arrays.stream(text.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> pair.length > 1 ? decoded(pair[1]) : ""));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        assertThat(undeclared).as("requests that are in no reference").isEmpty();
    }
}
