// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Vault;
import org.sluse.host.link.LinkCookie;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/sign-in}: to the provider and back. What must be remembered meanwhile is in an encrypted cookie, so any node can answer. */
@Path("/{tenant}/core")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Produces(MediaType.APPLICATION_JSON)
public class SignInResource {

    private static final Logger LOG = Logger.getLogger(SignInResource.class.getName());
    /** How long somebody may take at the provider. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String COOKIE = "sluse-sign-in";
    /** Where to go once signed in: a page of the clinic, never an address. */
    private static final Pattern PAGE = Pattern.compile("[a-z0-9/-]{1,100}");

    @Inject
    Binding binding;
    @Inject
    Tenants tenants;
    @Inject
    StaffSessions sessions;
    @Inject
    IdentityProviders providers;
    @Inject
    DataPorts data;
    @Inject
    HostSettings settings;
    @Inject
    Vault vault;
    @Inject
    Clock clock;

    /** @param provider where the clinic's staff sign in; empty until the clinic has been set up */
    record SignInView(Optional<ProviderView> provider) {}

    /** @param host the provider's host, shown beside the button */
    record ProviderView(String name, String host) {}

    @GET
    @Path("/sign-in")
    public SignInView show() {
        return new SignInView(tenants.provider(binding.tenant().id())
                .map(provider -> new ProviderView(provider.issuer().getHost(), provider.issuer().getAuthority())));
    }

    @GET
    @Path("/sign-in/start")
    public Response start(@QueryParam("to") @DefaultValue("today") String to) {
        var provider = provider();
        OIDCProviderMetadata known;
        try {
            known = providers.metadata(provider.issuer());
        } catch (ProviderSilentException silent) {
            return back(silent);
        }
        var state = new State();
        var nonce = new Nonce();
        var verifier = new CodeVerifier();
        var request = new AuthenticationRequest.Builder(new ResponseType(ResponseType.Value.CODE),
                new Scope("openid", "profile"),
                new ClientID(provider.clientId()), callback()).endpointURI(known.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        var until = clock.instant().plus(PATIENCE);
        var remembered = String.join(" ", state.getValue(), nonce.getValue(), verifier.getValue(),
                PAGE.matcher(to).matches() ? to : "today",
                Long.toString(until.getEpochSecond()));
        return Response.seeOther(request.toURI())
                .header("Set-Cookie",
                        LinkCookie.set(cookieName(), vault.encrypt(remembered, rememberedFor()), until,
                                settings.publicUrl()))
                .build();
    }

    @GET
    @Path("/sign-in/callback")
    public Response callback(@Context UriInfo uri, @HeaderParam("Cookie") @DefaultValue("") String cookies) {
        var remembered = LinkCookie.value(cookies, cookieName())
                .flatMap(value -> vault.decrypt(value, rememberedFor()))
                .map(text -> text.split(" "))
                .filter(parts -> clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[4]))));
        if (remembered.isEmpty()) {
            return back("ended");
        }
        var parts = remembered.get();
        var provider = provider();
        Optional<IDTokenClaimsSet> vouched;
        try {
            vouched = code(uri, parts[0], provider)
                    .flatMap(code -> providers.exchange(provider, code, callback(), new CodeVerifier(parts[2]),
                            new Nonce(parts[1])));
        } catch (ProviderSilentException silent) {
            return back(silent);
        }
        var set = vouched
                .flatMap(claims -> sessions.begin(claims.getIssuer().getValue(), claims.getSubject().getValue()));
        if (set.isEmpty()) {
            data.forPlugin(TenantDatabases.CORE)
                    .inTransaction(AuditEntry.of(AuditAction.SIGN_IN, "Staff", "*")
                            .refused(vouched.isEmpty() ? "answer-refused" : "person-unknown"), tx -> true);
            return back("refused");
        }
        return Response.seeOther(page(parts[3]))
                .header("Set-Cookie", set.get())
                .header("Set-Cookie", forgotten())
                .build();
    }

    @POST
    @Path("/sign-out")
    public Response signOut(@HeaderParam("Cookie") @DefaultValue("") String cookies) {
        return Response.noContent().header("Set-Cookie", sessions.end(cookies)).build();
    }

    /** The code, if the answer is to our question: state, and the issuer when the provider names it (RFC 9207, 2.4). */
    private Optional<com.nimbusds.oauth2.sdk.AuthorizationCode> code(UriInfo uri, String state,
            Tenants.Provider provider) {
        try {
            var response = AuthorizationResponse.parse(uri.getRequestUri());
            var named = Optional.ofNullable(response.getIssuer());
            var must = providers.metadata(provider.issuer()).supportsAuthorizationResponseIssuerParam();
            var rightIssuer = named.map(issuer -> issuer.getValue().equals(provider.issuer().toString())).orElse(!must);
            return response.indicatesSuccess() && response.getState() != null
                    && response.getState().getValue().equals(state) && rightIssuer
                            ? Optional.ofNullable(response.toSuccessResponse().getAuthorizationCode())
                            : Optional.empty();
        } catch (ParseException notAnAnswer) {
            return Optional.empty();
        }
    }

    private Tenants.Provider provider() {
        return tenants.provider(binding.tenant().id())
                .orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                        "The clinic '" + binding.tenant().id()
                                + "' has no identity provider yet; right would be to open the set-up link first"));
    }

    private Response back(ProviderSilentException silent) {
        LOG.log(Level.WARNING, "provider-silent tenant=" + binding.tenant().id(), silent);
        return back("silent");
    }

    /** To the page that says why. A question is answered once: the next attempt asks anew. */
    private Response back(String why) {
        return Response.seeOther(URI.create(page("sign-in") + "?why=" + why))
                .header("Set-Cookie", forgotten())
                .build();
    }

    private String cookieName() {
        return LinkCookie.guarded(COOKIE, settings.publicUrl());
    }

    private String forgotten() {
        return LinkCookie.set(cookieName(), "", Instant.EPOCH, settings.publicUrl());
    }

    private URI page(String path) {
        return URI.create(settings.publicUrl() + "/" + binding.tenant().id() + "/" + path);
    }

    private URI callback() {
        return URI.create(settings.publicUrl() + "/api/" + binding.tenant().id() + "/core/sign-in/callback");
    }

    private String rememberedFor() {
        return "sign-in|" + binding.tenant().id();
    }
}
