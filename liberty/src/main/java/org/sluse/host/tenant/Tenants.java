// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import jakarta.inject.Inject;
import java.net.URI;
import java.text.Normalizer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Locations;
import org.sluse.host.people.SessionEnds;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** The clinics of this installation. Rows of the control database; thread-safe. */
@OnePerNode
public final class Tenants {

    /** First path segments that are not a clinic, and the clinic that restoring is tried with. */
    private static final Set<String> RESERVED = Set.of("api", "fhir", "ws", "ui", "operate", "health", "openapi",
            "sandbox", "core", "metrics",
            "favicon", "subprocessors", "drill");

    private final ControlDatabase control;
    private final TenantDatabases databases;
    private final Locations locations;
    private final Vault vault;
    private final Clock clock;

    @Inject
    Tenants(ControlDatabase control, TenantDatabases databases, Locations locations, Vault vault, Clock clock) {
        this.control = control;
        this.databases = databases;
        this.locations = locations;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * How a clinic's staff sign in.
     *
     * @param issuer the provider's exact issuer
     * @param clientId our name there
     * @param clientSecret absent for a public client
     */
    public record Provider(URI issuer, String clientId, Optional<Secret> clientSecret) {}

    /**
     * Makes a clinic at this node's location: a row, a database, its roles.
     *
     * @param name 2 to 80 characters, what people call it
     * @throws ProblemException {@code problem/not-allowed-value} or {@code problem/conflict}
     */
    public Tenant create(String name) {
        return create(name, (handle, tenant) -> {
        });
    }

    /**
     * Makes a clinic at this node's location and, in the transaction that makes it, what it has from the beginning.
     *
     * @param name 2 to 80 characters, what people call it
     * @param also gets the transaction and the new clinic, whose database is there; when it throws, there is no such clinic
     * @throws ProblemException {@code problem/not-allowed-value} or {@code problem/conflict}
     */
    public Tenant create(String name, BiConsumer<Handle, Tenant> also) {
        if (name.isBlank() || name.length() > 80 || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.notAllowed("/name", "name", "A clinic's name has 2 to 80 printable characters");
        }
        var tenant = new Tenant(idFor(name), name.strip(), locations.own().name());
        control.inTransaction(Act.of("CREATE", "Tenant", tenant.id().value()).toldTo(tenant.id()), handle -> {
            if (handle.createQuery("select 1 from tenant where id = :id")
                    .bind("id", tenant.id().value())
                    .mapTo(int.class)
                    .findOne()
                    .isPresent()) {
                throw new ProblemException(Problem.CONFLICT,
                        "A clinic with the id '" + tenant.id() + "' is there already; right would be another name");
            }
            requireNeverGiven(handle, tenant.id());
            databases.create(tenant.id());
            handle.createUpdate(
                    "insert into tenant (id, name, location, created_at) values (:id, :name, :location, :at)")
                    .bind("id", tenant.id().value())
                    .bind("name", tenant.name())
                    .bind("location", tenant.location())
                    .bind("at", clock.instant())
                    .execute();
            also.accept(handle, tenant);
            ControlDatabase.nextRevision(handle);
        });
        return tenant;
    }

    /** Links, backups and registers that are somewhere still would be another clinic's. */
    private static void requireNeverGiven(Handle handle, TenantId id) {
        if (handle.createQuery(
                "select 1 from off_boarding where tenant = :id union select 1 from off_boarding_certificate where tenant = :id")
                .bind("id", id.value())
                .mapTo(int.class)
                .findOne()
                .isPresent()) {
            throw new ProblemException(Problem.CONFLICT, "The id '" + id
                    + "' was that of a clinic which has left, and is given to no other; right would be another name");
        }
    }

    static TenantId idFor(String name) {
        var slug = plain(name).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
        slug = slug.substring(0, Math.min(31, slug.length())).replaceAll("-+$", "");
        if (!TenantId.isValid(slug) || RESERVED.contains(slug)) {
            throw ProblemException.notAllowed("/name", "name",
                    "No address can be made from this name; right would be a name with at least two letters that is not a word of the system");
        }
        return new TenantId(slug);
    }

    /** Letters as ids have them: small, and without marks. */
    public static String plain(String text) {
        return Normalizer.normalize(
                text.replace("ø", "o").replace("Ø", "o").replace("æ", "ae").replace("Æ", "ae").replace("ß", "ss"),
                Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT);
    }

    /** Every clinic, by id. */
    public List<Tenant> all() {
        return control.read(Tenants::all);
    }

    /** Every clinic, by id, in the caller's transaction. */
    public static List<Tenant> all(Handle handle) {
        return handle.createQuery("select id, name, location from tenant order by id")
                .map((row, context) -> new Tenant(new TenantId(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    /** The identity provider of a clinic; empty until it has been set up. */
    public Optional<Provider> provider(TenantId tenant) {
        return control.read(handle -> handle
                .createQuery(
                        "select issuer, client_id, client_secret from tenant where id = :id and issuer is not null")
                .bind("id", tenant.value())
                .map((row, context) -> new Provider(URI.create(row.getString(1)), row.getString(2),
                        Optional.ofNullable(row.getString(3))
                                .flatMap(cipher -> vault.decrypt(cipher, binding(tenant)))
                                .map(Secret::new)))
                .findOne());
    }

    /** Sets the identity provider, in the caller's transaction. Sessions of another one stand no longer. */
    public void setProvider(Handle handle, TenantId tenant, Provider provider) {
        SessionEnds.soon(handle, tenant);
        handle.createUpdate(
                "update tenant set issuer = :issuer, client_id = :client, client_secret = :secret, setup_hash = null where id = :id")
                .bind("issuer", provider.issuer().toString())
                .bind("client", provider.clientId())
                .bind("secret",
                        provider.clientSecret()
                                .map(secret -> vault.encrypt(secret.reveal(), binding(tenant)))
                                .orElse(null))
                .bind("id", tenant.value())
                .execute();
    }

    private static String binding(TenantId tenant) {
        return "tenant.client_secret|" + tenant.value();
    }
}
