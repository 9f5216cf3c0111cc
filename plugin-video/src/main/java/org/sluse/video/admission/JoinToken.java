// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.sluse.tenant.TenantId;

/**
 * The right to media in one room, issued at admission (RFC 7519, HS256). Its claim set is closed: {@code iss, aud, sub, room, role, name,
 * exp, jti}; the display name is the only personal one.
 *
 * @param issuer the clinic
 * @param participant pseudonym, different in each session
 * @param room pseudonym of the session
 * @param expires exclusive, by the server's clock
 */
public record JoinToken(TenantId issuer, String participant, String room, ParticipantRole role, DisplayName name,
        Instant expires, String id) {

    /** Every claim there is. */
    public static final Set<String> CLAIMS = Set.of("iss", "aud", "sub", "room", "role", "name", "exp", "jti");

    private static final String AUDIENCE = "sluse-video";

    /** Signed with a key of at least 256 bits, in compact form. */
    public String signed(byte[] key) {
        var claims = new JWTClaimsSet.Builder().issuer(issuer.value())
                .audience(AUDIENCE)
                .subject(participant)
                .claim("room", room)
                .claim("role", role.name())
                .claim("name", name.value())
                .expirationTime(Date.from(expires))
                .jwtID(id)
                .build();
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException cannotSign) {
            throw new IllegalStateException("The signing key cannot be used", cannotSign);
        }
    }

    /** Whether {@code compact} was signed with the key for exactly this participant, room and clinic, and is accepted at {@code now}. */
    public static boolean isRightOf(String compact, byte[] key, TenantId issuer, String room, String participant,
            Instant now) {
        return verified(compact, key).filter(claims -> claims.getClaims().keySet().equals(CLAIMS)
                && issuer.value().equals(claims.getIssuer())
                && claims.getAudience().equals(java.util.List.of(AUDIENCE))
                && participant.equals(claims.getSubject())
                && room.equals(claims.getClaim("room"))
                && now.isBefore(claims.getExpirationTime().toInstant())).isPresent();
    }

    private static Optional<JWTClaimsSet> verified(String compact, byte[] key) {
        try {
            var token = SignedJWT.parse(compact);
            return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) && isExact(compact, token)
                    && token.verify(new MACVerifier(key))
                            ? Optional.of(token.getJWTClaimsSet())
                            : Optional.empty();
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether it is letter for letter what was signed: reading base64url passes over strange characters and unused bits (RFC 4648, 3.3 and 3.5). */
    private static boolean isExact(String compact, SignedJWT token) {
        var signature = token.getSignature();
        return compact.equals(token.serialize()) && Base64URL.encode(signature.decode()).equals(signature);
    }
}
