// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Talks to clinics' identity providers. Metadata is kept for ten minutes; keys are fetched anew at each sign-in. Thread-safe; blocks. */
@OnePerNode
final class IdentityProviders {

    private static final int MILLISECONDS = 5_000;

    private final LoadingCache<URI, OIDCProviderMetadata> metadata = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build(IdentityProviders::resolve);

    private static OIDCProviderMetadata resolve(URI issuer) throws GeneralException, IOException {
        // Refuses metadata whose issuer is not exactly the one that was asked for (OpenID Connect Discovery 1.0, 4.3).
        return OIDCProviderMetadata.resolve(new Issuer(issuer), MILLISECONDS, MILLISECONDS);
    }

    /** @throws ProblemException {@code problem/provider-silent} when the provider's metadata cannot be had */
    OIDCProviderMetadata metadata(URI issuer) {
        try {
            return metadata.get(issuer);
        } catch (java.util.concurrent.CompletionException silent) {
            throw silent(silent);
        }
    }

    private static ProblemException silent(Exception cause) {
        var problem = new ProblemException(new Problem("provider-silent", "The identity provider does not answer", 503),
                "The clinic's identity provider does not answer as it should; right would be its exact issuer, and that it is up");
        problem.initCause(cause);
        return problem;
    }

    /**
     * Exchanges the code and checks the ID token: signature, issuer, audience, time, nonce (OpenID Connect Core 1.0, 3.1.3.7).
     *
     * @return empty when the provider refuses the code or the token does not hold
     */
    Optional<IDTokenClaimsSet> exchange(Tenants.Provider provider, AuthorizationCode code, URI callback,
            CodeVerifier verifier, Nonce nonce) {
        var known = metadata(provider.issuer());
        var client = new ClientID(provider.clientId());
        var grant = new AuthorizationCodeGrant(code, callback, verifier);
        var request = provider.clientSecret()
                .map(secret -> new TokenRequest(known.getTokenEndpointURI(),
                        new ClientSecretBasic(client, new Secret(secret.reveal())), grant))
                .orElseGet(() -> new TokenRequest(known.getTokenEndpointURI(), client, grant))
                .toHTTPRequest();
        request.setConnectTimeout(MILLISECONDS);
        request.setReadTimeout(MILLISECONDS);
        request.setFollowRedirects(false);
        try {
            var response = OIDCTokenResponseParser.parse(request.send());
            if (!response.indicatesSuccess()) {
                return Optional.empty();
            }
            var token = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens().getIDToken();
            if (token == null) {
                return Optional.empty();
            }
            var validator = new IDTokenValidator(known.getIssuer(), client, JWSAlgorithm.RS256,
                    known.getJWKSetURI().toURL());
            return Optional.of(validator.validate(token, nonce)).filter(claims -> isFor(client, claims));
        } catch (ParseException | com.nimbusds.jose.proc.BadJOSEException | com.nimbusds.jose.JOSEException
                | MalformedURLException refused) {
            return Optional.empty();
        } catch (IOException silent) {
            throw silent(silent);
        }
    }

    /** "If an azp (authorized party) Claim is present, the Client SHOULD verify that its client_id is the Claim Value" (OpenID Connect Core 1.0, 3.1.3.7). */
    private static boolean isFor(ClientID client, IDTokenClaimsSet claims) {
        var authorized = claims.getAuthorizedParty();
        return authorized == null || authorized.getValue().equals(client.getValue());
    }
}
