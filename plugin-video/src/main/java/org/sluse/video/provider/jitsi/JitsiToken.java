// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.jitsi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.sluse.secret.Secret;
import org.sluse.video.admission.DisplayName;

/**
 * The right to enter one room (Jitsi, tokens.md; JaaS, API keys): {@code iss, aud, sub, room, nbf, exp, context.user.name, context.user.moderator}. No id, no e-mail, no picture; values of the context are text.
 *
 * @param keyId of a key pair at JaaS; empty for a Jitsi Meet that shares a secret
 * @param app the application's id
 * @param domain of the Jitsi Meet that shares a secret
 * @param room the one that may be entered
 * @param expires exclusive; until then it is accepted to enter, and a conversation is not cut afterwards
 */
record JitsiToken(Optional<String> keyId, String app, String domain, String room, DisplayName name, boolean leads,
        Instant issued, Instant expires) {

    private static final String PEM = "-----[A-Z ]+-----|\\s";

    /**
     * In compact form: RS256 with a private key in PEM (PKCS #8) at JaaS, else HS256.
     *
     * @throws IllegalArgumentException when the key is none of this kind, or a secret has fewer than 32 bytes (RFC 7518, 3.2)
     */
    String signed(Secret key) {
        var algorithm = keyId.isPresent() ? JWSAlgorithm.RS256 : JWSAlgorithm.HS256;
        var header = new JWSHeader.Builder(algorithm).keyID(keyId.orElse(null)).build();
        try {
            var token = new SignedJWT(header, claims());
            token.sign(signer(key));
            return token.serialize();
        } catch (JOSEException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException("The key of Jitsi cannot be used to sign with " + algorithm, unusable);
        }
    }

    private JWSSigner signer(Secret key) throws JOSEException, GeneralSecurityException {
        if (keyId.isEmpty()) {
            return new MACSigner(key.reveal());
        }
        var encoded = Base64.getDecoder().decode(key.reveal().replaceAll(PEM, ""));
        return new RSASSASigner(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    }

    private JWTClaimsSet claims() {
        var isJaas = keyId.isPresent();
        var claims = new JWTClaimsSet.Builder().issuer(isJaas ? "chat" : app)
                .audience(isJaas ? "jitsi" : app)
                .subject(isJaas ? app : domain)
                .claim("room", room)
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(expires));
        var user = Map.of("name", name.value(), "moderator", String.valueOf(leads));
        return claims.claim("context", Map.of("user", user)).build();
    }
}
