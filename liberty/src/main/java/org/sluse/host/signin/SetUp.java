// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.people.People;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.tenant.TenantId;

/** How a new clinic gets its identity provider and its first administrator. */
@OnePerNode
public final class SetUp {

    private static final Duration LIFE = Duration.ofDays(7);

    private final ControlDatabase control;
    private final Tenants tenants;
    private final People people;
    private final Binding binding;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;

    @Inject
    SetUp(ControlDatabase control, Tenants tenants, People people, Binding binding, HostSettings settings, Clock clock,
            Ids ids) {
        this.control = control;
        this.tenants = tenants;
        this.people = people;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /** A link that works once, for a week; an earlier one stops working. */
    public URI link(TenantId tenant) {
        var code = ids.token();
        control.inTransaction("CREATE", "SetUpLink", tenant.value(), handle -> handle
                .createUpdate("update tenant set setup_hash = :hash, setup_expires = :expires where id = :id")
                .bind("hash", hash(code))
                .bind("expires", clock.instant().plus(LIFE))
                .bind("id", tenant.value())
                .execute());
        return URI.create(settings.publicUrl() + "/" + tenant + "/set-up#" + code);
    }

    /** Sets provider and first administrator of the bound tenant. */
    void redeem(String code, String issuer, String clientId, Optional<Secret> clientSecret,
            People.NewPerson administrator) {
        var provider = provider(issuer, clientId, clientSecret);
        People.check(administrator);
        var tenant = binding.tenant().id();
        control.inTransaction("CHANGE", "Provider", tenant.value(), handle -> {
            var _ = handle.createQuery(
                    "select 1 from tenant where id = :id and setup_hash = :hash and setup_expires > :now for update")
                    .bind("id", tenant.value())
                    .bind("hash", hash(code))
                    .bind("now", clock.instant())
                    .mapTo(int.class)
                    .findOne()
                    .orElseThrow(() -> new ProblemException(Problem.LINK_NOT_IN_USE,
                            "The set-up link is not in use; the operator can make a new one"));
            tenants.setProvider(handle, tenant, provider);
            people.add(provider.issuer().toString(), administrator);
        });
    }

    /** Checks what somebody typed. */
    public static Tenants.Provider provider(String issuer, String clientId, Optional<Secret> clientSecret) {
        if (clientId.isBlank()) {
            throw ProblemException.notAllowed("/clientId", "required",
                    "The client id is missing; right would be our name at the provider");
        }
        try {
            var uri = new URI(issuer.strip());
            var loopback = "http".equals(uri.getScheme())
                    && ("127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost()));
            if (uri.getHost() != null && uri.getQuery() == null && ("https".equals(uri.getScheme()) || loopback)) {
                return new Tenants.Provider(uri, clientId.strip(), clientSecret);
            }
        } catch (URISyntaxException notAnAddress) {
            // Told below, like every other address that is none.
        }
        throw ProblemException.notAllowed("/issuer", "issuer",
                "The issuer is not an https address; right would be one like https://name.example/auth");
    }

    private static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
