// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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
import org.sluse.host.people.SessionEnds;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.id.Ids;
import org.sluse.tenant.TenantId;

/** Sessions of people who are signed in, kept by the server and revocable. For the bound tenant; thread-safe. */
@OnePerNode
public final class StaffSessions {

    private static final Duration LIFE = Duration.ofHours(10);

    private final DataPorts data;
    private final TenantDatabases databases;
    private final Tenants tenants;
    private final Binding binding;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final SessionEnds ends;
    private final Event<People.Gone> gone;

    @Inject
    StaffSessions(DataPorts data, TenantDatabases databases, Tenants tenants, Binding binding, HostSettings settings,
            Clock clock, Ids ids, SessionEnds ends, Event<People.Gone> gone) {
        this.data = data;
        this.databases = databases;
        this.tenants = tenants;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.ends = ends;
        this.gone = gone;
    }

    /**
     * Names a session, and opens none.
     *
     * @param hash of its cookie, in hexadecimal; empty for no session at all
     */
    public record Key(String hash) {

        boolean isOfNobody() {
            return hash.isEmpty();
        }
    }

    /** The session that the cookies name at the clinic; whether it stands is another question. */
    public Key key(TenantId tenant, String cookies) {
        return new Key(LinkCookie.value(cookies, cookieName(tenant)).map(StaffSessions::hash).orElse(""));
    }

    /** The person whose session the cookies name, as long as the session's issuer is still the clinic's and the person still in the list. */
    public Optional<Actor> find(String cookies) {
        var tenant = binding.tenant().id();
        var key = key(tenant, cookies);
        return Optional.ofNullable(standing(tenant, Set.of(key)).get(key));
    }

    /**
     * Which of these sessions stand at the clinic now, and who speaks in each. Leaves no audit entry, since nobody reads anything: the host asks it again and again
     * for the sockets that are open. Needs no bound tenant; blocks.
     */
    public Map<Key, Actor> standing(TenantId tenant, Set<Key> keys) {
        var named = keys.stream().filter(key -> !key.isOfNobody()).collect(Collectors.toSet());
        return named.isEmpty()
                ? Map.of()
                : ofTheIssuer(tenant,
                        databases.lookUp(tenant, TenantDatabases.CORE, handle -> rows(handle, named)));
    }

    private Map<Key, Actor> ofTheIssuer(TenantId tenant, List<Row> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        var issuer = tenants.provider(tenant).map(provider -> provider.issuer().toString());
        return rows.stream()
                .filter(row -> issuer.filter(row.issuer()::equals).isPresent())
                .collect(Collectors.toMap(Row::key, Row::actor));
    }

    private record Row(Key key, Actor actor, String issuer) {}

    private List<Row> rows(Handle handle, Set<Key> keys) {
        return handle.createQuery("""
                select encode(hash, 'hex'), staff.id, staff.roles, session.issuer
                from core.staff_session session join core.staff on staff.id = session.staff
                where hash = any (select decode(one, 'hex') from unnest(:hashes) one) and expires_at > :now""")
                .bindArray("hashes", String.class, keys.stream().map(Key::hash).toList())
                .bind("now", clock.instant())
                .map((row, context) -> new Row(new Key(row.getString(1)),
                        new Actor(Actor.Kind.STAFF, row.getString(2), roles((String[]) row.getArray(3).getArray())),
                        row.getString(4)))
                .list();
    }

    private static String hash(String value) {
        return HexFormat.of().formatHex(Sha256.of(value));
    }

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
            ends.at(tenant, expires);
            core.inTransaction(AuditEntry.of(AuditAction.SIGN_IN, "Staff", id.toString()),
                    tx -> tx.handle()
                            .createUpdate(
                                    "insert into staff_session (hash, staff, issuer, created_at, expires_at) values (:hash, :staff, :issuer, :now, :expires)")
                            .bind("hash", Sha256.of(value))
                            .bind("staff", id)
                            .bind("issuer", issuer)
                            .bind("now", clock.instant())
                            .bind("expires", expires)
                            .execute());
            return LinkCookie.set(cookieName(tenant), value, expires, settings.publicUrl());
        });
    }

    /**
     * Ends the session that the cookies name, and with it the sockets that were opened in it. Where there is none, nothing is written: anybody may ask, as often as they like.
     *
     * @return the {@code Set-Cookie} header that forgets it
     */
    String end(String cookies) {
        var tenant = binding.tenant().id();
        LinkCookie.value(cookies, cookieName(tenant))
                .filter(any -> find(cookies).isPresent())
                .ifPresent(value -> {
                    ends.soon(tenant);
                    data.forPlugin(TenantDatabases.CORE)
                            .inTransaction(AuditEntry.of(AuditAction.SIGN_OUT, "Staff", binding.actor().id()),
                                    tx -> tx.handle()
                                            .createUpdate("delete from staff_session where hash = :hash")
                                            .bind("hash", Sha256.of(value))
                                            .execute());
                    gone.fire(new People.Gone(tenant));
                });
        return LinkCookie.set(cookieName(tenant), "", java.time.Instant.EPOCH, settings.publicUrl());
    }

    /** With TLS the browser itself guards the name (RFC 6265bis, 4.1.3.2). */
    private String cookieName(TenantId tenant) {
        return LinkCookie.guarded("sluse-" + tenant.value(), settings.publicUrl());
    }
}
