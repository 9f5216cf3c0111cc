// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.ProblemException;

/**
 * Talks to clinics' identity providers. Metadata is kept for ten minutes; keys are fetched anew at each sign-in. Every address is a provider's own and is called
 * only where the operator allows a recipient to be. Thread-safe; blocks.
 *
 * <p>ID tokens are signed with RS256 and nothing else: it is what a provider must be able to use and uses unless a client has asked for another (OpenID Connect
 * Core 1.0, 15.1; Dynamic Client Registration 1.0, 2, {@code id_token_signed_response_alg}). Who chooses the algorithm from what a token or its provider names has
 * to keep {@code none} and HMAC out of the choice; here there is none.
 */
@OnePerNode
final class IdentityProviders {

    private final AddressPolicy addresses;
    private final ProviderHttp http;
    private final LoadingCache<URI, OIDCProviderMetadata> metadata = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build(this::resolve);

    @Inject
    IdentityProviders(HostSettings settings, PinnedHttp http) {
        this(new AddressPolicy(settings.privateRecipients()), http);
    }

    IdentityProviders(AddressPolicy addresses, PinnedHttp http) {
        this.addresses = addresses;
        this.http = new ProviderHttp(addresses, http);
    }

    /** What somebody typed. @throws ProblemException {@code problem/not-allowed-value} when it cannot be a provider */
    Tenants.Provider provider(String issuer, String clientId, Optional<org.sluse.secret.Secret> clientSecret) {
        if (clientId.isBlank()) {
            throw ProblemException.notAllowed("/clientId", "required",
                    "The client id is missing; right would be our name at the provider");
        }
        try {
            var uri = new URI(issuer.strip());
            if (addresses.mayCall(uri) && uri.getRawQuery() == null) {
                return new Tenants.Provider(uri, clientId.strip(), clientSecret);
            }
        } catch (URISyntaxException notAnAddress) {
            // Told below, like every other address that is none.
        }
        throw ProblemException.notAllowed("/issuer", "issuer",
                "The issuer is not an https address; right would be one like https://name.example/auth");
    }

    private OIDCProviderMetadata resolve(URI issuer) throws GeneralException, IOException {
        var response = new HTTPRequest(HTTPRequest.Method.GET, OIDCProviderMetadata.resolveURL(new Issuer(issuer)))
                .send(http);
        response.ensureStatusCode(HTTPResponse.SC_OK);
        var found = OIDCProviderMetadata.parse(response.getBodyAsJSONObject());
        // "The issuer value returned MUST be identical to the Issuer URL" (OpenID Connect Discovery 1.0, 4.3).
        if (!found.getIssuer().getValue().equals(issuer.toString())) {
            throw new GeneralException("The provider calls itself otherwise");
        }
        if (!Stream.of(found.getAuthorizationEndpointURI(), found.getTokenEndpointURI(), found.getJWKSetURI())
                .allMatch(endpoint -> endpoint != null && addresses.mayCall(endpoint))) {
            throw new GeneralException("An address of the provider is missing or may not be called");
        }
        return found;
    }

    /** @throws ProviderSilentException when the provider's metadata cannot be had */
    OIDCProviderMetadata metadata(URI issuer) {
        try {
            return metadata.get(issuer);
        } catch (CompletionException silent) {
            throw new ProviderSilentException(silent);
        }
    }

    /**
     * Exchanges the code and checks the ID token: signature, issuer, audience, time, nonce (OpenID Connect Core 1.0, 3.1.3.7).
     *
     * @return empty when the provider refuses the code or the token does not hold
     * @throws ProviderSilentException when the provider could not be asked, so that nothing is known
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
        try {
            var answer = request.send(http);
            if (answer.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
                throw new IOException("status " + answer.getStatusCode());
            }
            var response = OIDCTokenResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                return Optional.empty();
            }
            var token = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens().getIDToken();
            if (token == null) {
                return Optional.empty();
            }
            var validator = new IDTokenValidator(known.getIssuer(), client, JWSAlgorithm.RS256,
                    known.getJWKSetURI().toURL(), http);
            return Optional.of(validator.validate(token, nonce)).filter(claims -> isFor(client, claims));
        } catch (RemoteKeySourceException | IOException silent) {
            throw new ProviderSilentException(silent);
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            return Optional.empty();
        }
    }

    /** "If an azp (authorized party) Claim is present, the Client SHOULD verify that its client_id is the Claim Value" (OpenID Connect Core 1.0, 3.1.3.7). */
    private static boolean isFor(ClientID client, IDTokenClaimsSet claims) {
        var authorized = claims.getAuthorizedParty();
        return authorized == null || authorized.getValue().equals(client.getValue());
    }
}
