// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.ProblemException;

class IdentityProvidersTest {

    private static final RSAKey KEY = key("1");
    private static final CodeVerifier VERIFIER = new CodeVerifier();
    private static final Nonce NONCE = new Nonce();

    private final PinnedHttp http = new PinnedHttp(new AddressPolicy(true));
    private final IdentityProviders providers = new IdentityProviders(new AddressPolicy(true), http);
    private HttpServer server;
    private URI issuer;
    private String keys = new JWKSet(KEY).toString();
    private final AtomicInteger requests = new AtomicInteger();
    private String asked = "";
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/north");
        serve("/north/.well-known/openid-configuration", () -> metadata(issuer));
        serve("/north/keys", () -> keys);
        serve("/north/token", () -> answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.stop();
    }

    @Test
    void takes_a_token_that_holds() throws JOSEException {
        assertThat(exchanged(signed(claims())).map(claims -> claims.getSubject().getValue()))
                .contains("administrator-1");
    }

    @Test
    void sends_the_verifier_of_the_challenge() throws JOSEException {
        exchanged(signed(claims()));

        assertThat(asked).contains("code_verifier=" + VERIFIER.getValue());
    }

    @Test
    void takes_a_key_that_the_provider_has_since_begun_to_use() throws JOSEException {
        exchanged(signed(claims()));
        var next = key("2");
        keys = new JWKSet(next).toString();

        assertThat(exchanged(signed(claims(), JWSAlgorithm.RS256, "2", new RSASSASigner(next)))).isPresent();
    }

    @Test
    void refuses_a_token_of_another_issuer() throws JOSEException {
        assertThat(exchanged(signed(claims().issuer("https://other.example")))).isEmpty();
        assertThat(exchanged(signed(claims().issuer(issuer + "/")))).isEmpty();
    }

    @Test
    void refuses_a_token_for_another_client() throws JOSEException {
        assertThat(exchanged(signed(claims().audience("another")))).isEmpty();
    }

    @Test
    void refuses_a_token_that_authorizes_another_party() throws JOSEException {
        assertThat(exchanged(signed(claims().audience(List.of("sluse", "another")).claim("azp", "another")))).isEmpty();
        assertThat(exchanged(signed(claims().claim("azp", "another")))).isEmpty();
    }

    @Test
    void refuses_a_token_that_has_expired() throws JOSEException {
        assertThat(exchanged(signed(claims().expirationTime(in(Duration.ofMinutes(-2)))))).isEmpty();
    }

    @Test
    void refuses_a_token_with_another_nonce_or_none() throws JOSEException {
        assertThat(exchanged(signed(claims().claim("nonce", "another")))).isEmpty();
        assertThat(exchanged(signed(claims().claim("nonce", null)))).isEmpty();
    }

    @Test
    void refuses_a_token_that_nobody_signed() {
        assertThat(exchanged(new PlainJWT(claims().build()).serialize())).isEmpty();
    }

    @Test
    void refuses_a_token_signed_with_the_public_key_as_a_secret() throws JOSEException {
        var secret = KEY.toRSAPublicKey().getEncoded();

        assertThat(exchanged(signed(claims(), JWSAlgorithm.HS256, "1", new MACSigner(secret)))).isEmpty();
    }

    @Test
    void refuses_a_token_signed_by_another_under_the_same_key_id() throws JOSEException {
        assertThat(exchanged(signed(claims(), JWSAlgorithm.RS256, "1", new RSASSASigner(key("1"))))).isEmpty();
    }

    @Test
    void refuses_an_answer_without_an_id_token() {
        answer = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}";

        assertThat(exchange()).isEmpty();
    }

    @Test
    void has_no_metadata_of_a_provider_that_calls_itself_otherwise() {
        serve("/south/.well-known/openid-configuration", () -> metadata(issuer));

        assertThatExceptionOfType(ProviderSilentException.class)
                .isThrownBy(() -> providers.metadata(issuer.resolve("/south")))
                .withMessageContaining("exact issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorize", "token", "keys"})
    void has_no_metadata_of_a_provider_with_an_address_that_may_not_be_called(String endpoint) {
        serve("/south/.well-known/openid-configuration",
                () -> metadata(issuer.resolve("/south")).replace("http://127.0.0.1:%d/south/%s"
                        .formatted(issuer.getPort(), endpoint), "ftp://127.0.0.1/" + endpoint));

        assertThatExceptionOfType(ProviderSilentException.class)
                .isThrownBy(() -> providers.metadata(issuer.resolve("/south")));
    }

    @Test
    void asks_nobody_on_this_machine_unless_the_operator_allows_it() {
        var strict = new IdentityProviders(new AddressPolicy(false), http);

        assertThatExceptionOfType(ProviderSilentException.class).isThrownBy(() -> strict.metadata(issuer));

        assertThat(requests).hasValue(0);
    }

    @Test
    void knows_nothing_when_the_keys_cannot_be_had() throws JOSEException {
        serve("/silent/keys", () -> {
            throw new IllegalStateException("the handler's thread ends, and with it the connection");
        });
        serve("/silent/.well-known/openid-configuration",
                () -> metadata(issuer).replace("/north/keys", "/silent/keys").replace("north\"", "silent\""));
        answer = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + signed(claims()) + "\"}";

        assertThatExceptionOfType(ProviderSilentException.class).isThrownBy(() -> exchange(issuer.resolve("/silent")));
    }

    @Test
    void knows_nothing_when_the_provider_fails() {
        status = 503;

        assertThatExceptionOfType(ProviderSilentException.class).isThrownBy(this::exchange);
    }

    @Test
    void takes_an_https_address_for_an_issuer_and_one_without_tls_only_where_the_operator_allows_it() {
        var strict = new IdentityProviders(new AddressPolicy(false), http);

        assertThat(strict.provider(" https://name.example/auth ", "sluse", Optional.empty()).issuer())
                .isEqualTo(URI.create("https://name.example/auth"));
        assertThat(providers.provider(issuer.toString(), "sluse", Optional.empty()).issuer()).isEqualTo(issuer);
        for (var wrong : List.of(issuer.toString(), "http://localhost/auth", "name.example", "https:///auth",
                "https://a@name.example/", "https://name.example/?a=b", "https://name.example/#a", "javascript:1")) {
            assertThatExceptionOfType(ProblemException.class).as(wrong)
                    .isThrownBy(() -> strict.provider(wrong, "sluse", Optional.empty()))
                    .withMessageContaining("https");
        }
    }

    private Optional<IDTokenClaimsSet> exchanged(String token) {
        answer = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}";
        return exchange();
    }

    private Optional<IDTokenClaimsSet> exchange() {
        return exchange(issuer);
    }

    private Optional<IDTokenClaimsSet> exchange(URI issuer) {
        return providers.exchange(new Tenants.Provider(issuer, "sluse", Optional.empty()),
                new AuthorizationCode("code"), URI.create("http://localhost/callback"), VERIFIER, NONCE);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(issuer.toString())
                .subject("administrator-1")
                .audience("sluse")
                .issueTime(in(Duration.ZERO))
                .expirationTime(in(Duration.ofMinutes(10)))
                .claim("nonce", NONCE.getValue());
    }

    private static Date in(Duration time) {
        return Date.from(Clock.systemUTC().instant().plus(time));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, "1", new RSASSASigner(KEY));
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String keyId, JWSSigner signer)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String metadata(URI issuer) {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
                "subject_types_supported":["public"],"response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256"]}"""
                .formatted(issuer);
    }

    private void serve(String path, Supplier<String> body) {
        server.createContext(path, exchange -> {
            var received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked = received.isEmpty() ? asked : received;
            requests.incrementAndGet();
            var bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(path.endsWith("/token") ? status : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
