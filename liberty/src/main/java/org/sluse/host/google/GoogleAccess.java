// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Received;

/**
 * Access tokens of the service account that the server works as: that of the key file {@code sluse.google.key-file} (RFC 7523, 2.1), or without one that of the machine, from the metadata server of Google's own
 * network. A token is kept until a minute before it expires. Thread-safe; blocks.
 */
@OnePerNode
public final class GoogleAccess {

    private static final URI METADATA = URI
            .create("http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token");
    /** What the server does there, and no more; the machine's own account may do what the machine was given. */
    private static final String SCOPES = "https://www.googleapis.com/auth/devstorage.read_write https://www.googleapis.com/auth/cloudkms";
    private static final Duration WITHIN = Duration.ofSeconds(30);
    /** The longest that Google takes. */
    private static final Duration ASSERTED_FOR = Duration.ofHours(1);
    private static final Duration BEFORE_IT_EXPIRES = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PersistentHttp http;
    private final Optional<Path> keyFile;
    private final URI metadata;
    private final Clock clock;
    private @Nullable Token kept;

    private record Token(String value, Instant end) {

        @Override
        public String toString() {
            return "Token[" + end + "]";
        }
    }

    @Inject
    GoogleAccess(PersistentHttp http, Clock clock) {
        this(http, ConfigProvider.getConfig()
                .getOptionalValue("sluse.google.key-file", String.class)
                .map(file -> Path.of(file.strip())), METADATA, clock);
    }

    /** @param metadata where the machine's account is asked for a token; only without a key file */
    public GoogleAccess(PersistentHttp http, Optional<Path> keyFile, URI metadata, Clock clock) {
        this.http = http;
        this.keyFile = keyFile;
        this.metadata = metadata;
        this.clock = clock;
    }

    /** Where this machine connects to for a token; empty when the key file cannot be used. Asks nobody. */
    public Set<URI> addresses() {
        if (keyFile.isEmpty()) {
            return Set.of(metadata);
        }
        try {
            return Set.of(URI.create(required(JSON.readTree(keyFile.get().toFile()), "token_uri")));
        } catch (IOException | IllegalArgumentException unusable) {
            return Set.of();
        }
    }

    /** A call of a service with a token. */
    @FunctionalInterface
    public interface Call<E extends Exception> {
        Received with(String token) throws E;
    }

    /** Has the call made, and once more with a new token where the service does not take the one that is kept: an account may be disabled and be back before its tokens end. */
    public <E extends Exception> Received authorized(Call<E> call) throws GoogleRefusedException, E {
        var token = token();
        var received = call.with(token);
        if (received.status() != 401) {
            return received;
        }
        forget(token);
        return call.with(token());
    }

    private synchronized void forget(String token) {
        if (kept != null && kept.value().equals(token)) {
            kept = null;
        }
    }

    /** A token that holds for a minute at least. */
    synchronized String token() throws GoogleRefusedException {
        var now = clock.instant();
        var token = kept;
        if (token == null || !now.isBefore(token.end().minus(BEFORE_IT_EXPIRES))) {
            token = keyFile.isPresent() ? byKeyFile(keyFile.get(), now) : byMachine(now);
            kept = token;
        }
        return token.value();
    }

    private Token byMachine(Instant now) throws GoogleRefusedException {
        return token(() -> {
            var request = new HttpUriRequestBase("GET", metadata);
            request.addHeader("Metadata-Flavor", "Google");
            return request;
        }, now, "This machine has no service account of Google Cloud; right would be sluse.google.key-file");
    }

    private Token byKeyFile(Path file, Instant now) throws GoogleRefusedException {
        var wrong = "Google does not accept the key of '" + file
                + "' (sluse.google.key-file); right would be a key of a service account that exists and is enabled, and a clock that a time server sets";
        try {
            var account = JSON.readTree(file.toFile());
            var address = URI.create(account.path("token_uri").asText());
            if (!"https".equals(address.getScheme()) && !AddressPolicy.isThisMachine(address)) {
                throw new IOException("no token_uri with https");
            }
            var assertion = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(required(account, "private_key_id"))
                    .build(),
                    new JWTClaimsSet.Builder().issuer(required(account, "client_email"))
                            .audience(address.toString())
                            .claim("scope", SCOPES)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(ASSERTED_FOR)))
                            .build());
            assertion.sign(new RSASSASigner(key(required(account, "private_key"))));
            var form = "grant_type=" + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                    + encoded(assertion.serialize());
            return token(() -> {
                var request = new HttpUriRequestBase("POST", address);
                request.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
                return request;
            }, now, wrong);
        } catch (GoogleRefusedException said) {
            throw said;
        } catch (IOException | IllegalArgumentException | GeneralSecurityException | JOSEException unusable) {
            // Without the cause: it may quote the file.
            throw new GoogleRefusedException("The file '" + file
                    + "' of sluse.google.key-file cannot be used; right would be the JSON key of a service account, readable by this user",
                    null);
        }
    }

    private Token token(Supplier<HttpUriRequestBase> request, Instant now, String wrong)
            throws GoogleRefusedException {
        Received received;
        try {
            received = http.send(request, WITHIN);
        } catch (NotSentException | NoAnswerException silent) {
            throw new GoogleRefusedException(keyFile.isPresent()
                    ? "Google's token service does not answer; right would be a way out of this machine to it"
                    : wrong, silent);
        }
        try {
            var answer = JSON.readTree(received.body());
            if (received.status() == 200) {
                return new Token(required(answer, "access_token"), now.plusSeconds(answer.path("expires_in").asLong()));
            }
        } catch (IOException unreadable) {
            // Said below.
        }
        throw new GoogleRefusedException(wrong + " (" + received.status() + ")", null);
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String required(JsonNode object, String name) throws IOException {
        var text = object.path(name).asText();
        if (text.isEmpty()) {
            throw new IOException("no " + name);
        }
        return text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
