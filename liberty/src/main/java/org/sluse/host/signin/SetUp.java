// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.sluse.actor.Actor;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.key.Sha256;
import org.sluse.host.people.People;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * How a new clinic gets its identity provider and its first administrator.
 *
 * <p>The two are kept in two databases. The administrator is written first, in the clinic's, and the provider last, in the control database, in the transaction
 * that also uses up the link or makes the clinic. If that one fails, there is a person of an issuer that is nobody's provider: nobody can sign in by it, the link
 * still works, the name is still free, and the next attempt finds the person there and goes on.
 */
@OnePerNode
public final class SetUp {

    /** How long a link may lie. */
    private static final Duration LIFE = Duration.ofDays(7);

    private final ControlDatabase control;
    private final Tenants tenants;
    private final People people;
    private final IdentityProviders providers;
    private final Binding binding;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;

    @Inject
    SetUp(ControlDatabase control, Tenants tenants, People people, IdentityProviders providers, Binding binding,
            HostSettings settings, Clock clock, Ids ids) {
        this.control = control;
        this.tenants = tenants;
        this.people = people;
        this.providers = providers;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * What somebody typed.
     *
     * @param issuer the provider's exact issuer
     * @param clientId our name there
     * @param clientSecret absent for a public client
     */
    public record Particulars(String issuer, String clientId, Optional<Secret> clientSecret,
            People.NewPerson administrator) {}

    /** Makes a clinic that is set up. @param also as of {@link Tenants#create(String, BiConsumer)} @throws ProblemException {@code problem/not-allowed-value} or {@code problem/conflict}; nothing is there then */
    public Tenant create(String name, Particulars particulars, Actor operator, BiConsumer<Handle, Tenant> also) {
        var provider = checked(particulars);
        return tenants.create(name, also.andThen((handle, tenant) -> binding.run(tenant, operator,
                () -> write(handle, tenant.id(), provider, particulars.administrator()))));
    }

    /** A link that works once, for a week; an earlier one stops working. */
    public URI link(TenantId tenant) {
        var code = ids.token();
        control.inTransaction(Act.of("CREATE", "SetUpLink", tenant.value()).toldTo(tenant), handle -> handle
                .createUpdate("update tenant set setup_hash = :hash, setup_expires = :expires where id = :id")
                .bind("hash", Sha256.of(code))
                .bind("expires", clock.instant().plus(LIFE))
                .bind("id", tenant.value())
                .execute());
        return URI.create(settings.publicUrl() + "/" + tenant + "/set-up#" + code);
    }

    /** Sets up the bound tenant. @throws ProblemException {@code problem/not-allowed-value} or {@code problem/link-not-in-use} */
    void redeem(String code, Particulars particulars) {
        var provider = checked(particulars);
        var tenant = binding.tenant().id();
        control.inTransaction("CHANGE", "Provider", tenant.value(), handle -> {
            var _ = handle.createQuery(
                    "select 1 from tenant where id = :id and setup_hash = :hash and setup_expires > :now for update")
                    .bind("id", tenant.value())
                    .bind("hash", Sha256.of(code))
                    .bind("now", clock.instant())
                    .mapTo(int.class)
                    .findOne()
                    .orElseThrow(() -> new ProblemException(Problem.LINK_NOT_IN_USE,
                            "The set-up link is not in use; the operator can make a new one"));
            write(handle, tenant, provider, particulars.administrator());
        });
    }

    private Tenants.Provider checked(Particulars particulars) {
        People.check(particulars.administrator());
        return providers.provider(particulars.issuer(), particulars.clientId(), particulars.clientSecret());
    }

    private void write(Handle handle, TenantId tenant, Tenants.Provider provider, People.NewPerson administrator) {
        tenants.setProvider(handle, tenant, provider);
        people.put(provider.issuer().toString(), administrator);
    }
}
