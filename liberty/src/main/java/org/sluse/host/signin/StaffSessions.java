// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Sha256;
import org.sluse.host.link.LinkCookie;
import org.sluse.host.people.People;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.id.Ids;
import org.sluse.tenant.TenantId;

/** Sessions of people who are signed in, kept by the server and revocable. For the bound tenant; thread-safe. */
@OnePerNode
public final class StaffSessions {

    private static final Duration LIFE = Duration.ofHours(10);

    private final DataPorts data;
    private final Tenants tenants;
    private final Binding binding;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final Event<People.Gone> gone;

    @Inject
    StaffSessions(DataPorts data, Tenants tenants, Binding binding, HostSettings settings, Clock clock, Ids ids,
            Event<People.Gone> gone) {
        this.data = data;
        this.tenants = tenants;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.gone = gone;
    }

    /** The person whose session the cookies name, as long as the session's issuer is still the clinic's and the person still in the list. */
    public Optional<Actor> find(String cookies) {
        var tenant = binding.tenant().id();
        return LinkCookie.value(cookies, cookieName(tenant))
                .flatMap(value -> data.forPlugin(TenantDatabases.CORE)
                        .inTransaction(AuditEntry.read("StaffSession", "*"),
                                tx -> tx.handle()
                                        .createQuery(
                                                """
                                                        select staff.id, staff.roles, staff_session.issuer from staff_session join staff on staff.id = staff_session.staff
                                                        where hash = :hash and expires_at > :now""")
                                        .bind("hash", Sha256.of(value))
                                        .bind("now", clock.instant())
                                        .map((row, context) -> new Found(row.getString(1),
                                                (String[]) row.getArray(2).getArray(), row.getString(3)))
                                        .findOne()))
                .filter(found -> tenants.provider(tenant)
                        .filter(provider -> provider.issuer().toString().equals(found.issuer()))
                        .isPresent())
                .map(found -> new Actor(Actor.Kind.STAFF, found.staff(), roles(found.roles())));
    }

    private record Found(String staff, String[] roles, String issuer) {}

    static EnumSet<Role> roles(String[] names) {
        var roles = EnumSet.of(Role.ANYONE);
        Arrays.stream(names).map(Role::valueOf).forEach(roles::add);
        return roles;
    }

    /** Begins a session. @return the {@code Set-Cookie} header; empty when the issuer's subject is not in the clinic's list of people */
    Optional<String> begin(String issuer, String subject) {
        var tenant = binding.tenant().id();
        var core = data.forPlugin(TenantDatabases.CORE);
        var staff = core.inTransaction(AuditEntry.read("Staff", "*"),
                tx -> tx.handle()
                        .createQuery("select id from staff where issuer = :issuer and subject = :subject")
                        .bind("issuer", issuer)
                        .bind("subject", subject)
                        .mapTo(UUID.class)
                        .findOne());
        return staff.map(id -> {
            var value = ids.token() + ids.token();
            var expires = clock.instant().plus(LIFE);
            core.inTransaction(AuditEntry.of(AuditAction.SIGN_IN, "Staff", id.toString()), tx -> {
                tx.handle()
                        .createUpdate("delete from staff_session where expires_at < :now")
                        .bind("now", clock.instant())
                        .execute();
                return tx.handle()
                        .createUpdate(
                                "insert into staff_session (hash, staff, issuer, created_at, expires_at) values (:hash, :staff, :issuer, :now, :expires)")
                        .bind("hash", Sha256.of(value))
                        .bind("staff", id)
                        .bind("issuer", issuer)
                        .bind("now", clock.instant())
                        .bind("expires", expires)
                        .execute();
            });
            return LinkCookie.set(cookieName(tenant), value, expires, settings.publicUrl());
        });
    }

    /**
     * Ends the session that the cookies name, and with it every socket of that person's at the clinic; who is signed in elsewhere too opens a new one.
     *
     * @return the {@code Set-Cookie} header that forgets it
     */
    String end(String cookies) {
        var tenant = binding.tenant().id();
        LinkCookie.value(cookies, cookieName(tenant))
                .flatMap(value -> data.forPlugin(TenantDatabases.CORE)
                        .inTransaction(AuditEntry.of(AuditAction.SIGN_OUT, "Staff", binding.actor().id()),
                                tx -> tx.handle()
                                        .createQuery("delete from staff_session where hash = :hash returning staff")
                                        .bind("hash", Sha256.of(value))
                                        .mapTo(String.class)
                                        .findOne()))
                .ifPresent(staff -> gone.fire(new People.Gone(tenant, staff)));
        return LinkCookie.set(cookieName(tenant), "", java.time.Instant.EPOCH, settings.publicUrl());
    }

    /** With TLS the browser itself guards the name (RFC 6265bis, 4.1.3.2). */
    private String cookieName(TenantId tenant) {
        return ("https".equals(settings.publicUrl().getScheme()) ? "__Host-sluse-" : "sluse-") + tenant.value();
    }
}
