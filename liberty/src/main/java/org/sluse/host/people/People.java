// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantId;

/** The people of the bound tenant. Thread-safe. */
@OnePerNode
public final class People implements Staff {

    private static final String ADMINISTRATOR = "administrator";
    private static final List<String> GIVEN = List.of(ADMINISTRATOR, "practitioner");
    private static final SeenVersion ANY = SeenVersion.of("*");

    private final DataPorts data;
    private final Binding binding;
    private final Ids ids;
    private final SessionEnds ends;
    private final Event<Gone> gone;
    private final Clock clock;

    /**
     * A session at the clinic may stand no longer: somebody has signed out, is off the list, or has other roles. A hint, told on the node where it happened; what is true
     * stands in the clinic's database.
     */
    public record Gone(TenantId tenant) {}

    @Inject
    People(DataPorts data, Binding binding, Ids ids, SessionEnds ends, Event<Gone> gone, Clock clock) {
        this.data = data;
        this.binding = binding;
        this.ids = ids;
        this.ends = ends;
        this.gone = gone;
        this.clock = clock;
    }

    /**
     * Somebody to be added.
     *
     * @param subject the {@code sub} at the clinic's identity provider, 1 to 255 characters
     * @param name what colleagues read, 1 to 80 characters
     * @param roles {@code administrator}, {@code practitioner} or both
     */
    public record NewPerson(String subject, String name, List<String> roles) {

        public NewPerson {
            roles = roles.stream().map(role -> role.toLowerCase(Locale.ROOT)).toList();
        }
    }

    /** Somebody in the list; roles as in {@link NewPerson}. @param version counts the corrections, from 1 */
    public record Person(String id, String name, String subject, List<String> roles, int version) {}

    /** Who somebody was in the list. @param until when that was corrected @param by id of whoever did, or {@code operator} */
    record Earlier(String name, List<String> roles, Instant until, String by) {}

    /** Refuses what cannot be added. */
    public static void check(NewPerson person) {
        if (person.subject().isBlank() || person.subject().length() > 255) {
            throw ProblemException.notAllowed("/subject", "subject",
                    "The subject is missing or too long; right would be the 'sub' at the identity provider, 1 to 255 characters");
        }
        checkName(person.name());
        checkRoles(person.roles());
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.length() > 80) {
            throw ProblemException.notAllowed("/name", "required",
                    "The name is missing; right would be 1 to 80 characters");
        }
    }

    private static void checkRoles(List<String> roles) {
        if (roles.isEmpty() || !GIVEN.containsAll(roles)) {
            throw ProblemException.notAllowed("/roles", "roles",
                    "The roles are not ones of the clinic; right would be some of " + GIVEN);
        }
    }

    /** Adds a person of this issuer. */
    public Person add(String issuer, NewPerson person) {
        check(person);
        var id = ids.next();
        return database().inTransaction(AuditEntry.of(AuditAction.CREATE, "Staff", id.toString()), tx -> {
            var added = tx.handle()
                    .createUpdate(
                            """
                                    insert into staff (id, issuer, subject, name, roles) values (:id, :issuer, :subject, :name, :roles)
                                    on conflict (issuer, subject) do nothing""")
                    .bind("id", id)
                    .bind("issuer", issuer)
                    .bind("subject", person.subject().strip())
                    .bind("name", person.name().strip())
                    .bindArray("roles", String.class, stored(person.roles()))
                    .execute();
            if (added == 0) {
                var taken = "Somebody with this subject is in the list already";
                throw new ProblemException(Problem.CONFLICT, taken,
                        List.of(new FieldError("/subject", "subject-taken", taken)));
            }
            return new Person(id.toString(), person.name().strip(), person.subject().strip(), person.roles(), 1);
        });
    }

    /** Adds a person of this issuer, or gives whoever is there under the subject this name and these roles; doing it again changes nothing. */
    public void put(String issuer, NewPerson person) {
        check(person);
        database()
                .inTransaction(AuditEntry.read("Staff", "*"),
                        tx -> tx.handle()
                                .createQuery("select id from staff where issuer = :issuer and subject = :subject")
                                .bind("issuer", issuer)
                                .bind("subject", person.subject().strip())
                                .mapTo(UUID.class)
                                .findOne())
                .ifPresentOrElse(id -> correct(id, ANY, person.name(), Optional.of(person.roles())),
                        () -> add(issuer, person));
    }

    /**
     * Puts name and roles of somebody right, and keeps what stood there before. With other roles their sessions end. Saving what stands there already changes nothing.
     *
     * @param seen the version that whoever corrects has seen
     * @param roles as in {@link NewPerson}; empty to leave them as they are
     * @throws ProblemException not found, {@code not-allowed-value}, {@link Problem#CONFLICT} when nobody would be administrator then, or what {@link SeenVersion#require} says
     */
    public Person correct(UUID id, SeenVersion seen, String name, Optional<List<String>> roles) {
        checkName(name);
        roles.ifPresent(People::checkRoles);
        if (roles.isPresent()) {
            ends.soon(binding.tenant().id());
        }
        var right = database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Staff", id.toString()), tx -> {
            var administrators = administrators(tx);
            tx.handle().execute("select 1 from staff where id = ? for update", id);
            var person = find(tx, id);
            seen.require(person.version());
            var after = new Person(person.id(), name.strip(), person.subject(), roles.orElse(person.roles()),
                    person.version() + 1);
            if (after.name().equals(person.name()) && Set.copyOf(after.roles()).equals(Set.copyOf(person.roles()))) {
                return person;
            }
            if (administrators.equals(List.of(id)) && !after.roles().contains(ADMINISTRATOR)) {
                throw new ProblemException(Problem.CONFLICT,
                        "The last administrator stays one; right would be to add another one first");
            }
            keep(tx, person);
            tx.handle()
                    .createUpdate("update staff set name = :name, roles = :roles, version = :version where id = :id")
                    .bind("id", id)
                    .bind("name", after.name())
                    .bindArray("roles", String.class, stored(after.roles()))
                    .bind("version", after.version())
                    .execute();
            return after;
        });
        if (roles.isPresent()) {
            gone.fire(new Gone(binding.tenant().id()));
        }
        return right;
    }

    private void keep(Transaction tx, Person before) {
        tx.handle()
                .createUpdate("""
                        insert into earlier_staff (staff, version, name, roles, until, changed_by)
                        values (:id, :version, :name, :roles, :until, :by)""")
                .bind("id", UUID.fromString(before.id()))
                .bind("version", before.version())
                .bind("name", before.name())
                .bindArray("roles", String.class, stored(before.roles()))
                .bind("until", clock.instant())
                .bind("by", binding.actor().id())
                .execute();
    }

    /** Somebody in the list, now. @throws ProblemException not found */
    public Person get(UUID id) {
        return database().inTransaction(AuditEntry.read("Staff", id.toString()), tx -> find(tx, id));
    }

    /** Who they were before, the latest first. @throws ProblemException not found */
    List<Earlier> earlier(UUID id) {
        return database().inTransaction(AuditEntry.read("Staff", id.toString()), tx -> {
            find(tx, id);
            return tx.handle()
                    .createQuery(
                            "select name, roles, until, changed_by from earlier_staff where staff = :id order by version desc")
                    .bind("id", id)
                    .map((row, context) -> new Earlier(row.getString(1), given(row.getArray(2)),
                            row.getTimestamp(3).toInstant(), row.getString(4)))
                    .list();
        });
    }

    private static Person find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id, name, subject, roles, version from staff where id = :id")
                .bind("id", id)
                .map((row, context) -> person(row))
                .findOne()
                .orElseThrow(ProblemException::notFound);
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(row.getString(1), row.getString(2), row.getString(3), given(row.getArray(4)), row.getInt(5));
    }

    private static List<String> given(Array stored) throws SQLException {
        return Arrays.stream((String[]) stored.getArray()).map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> stored(List<String> roles) {
        return roles.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    /** The lock keeps two administrators from removing each other at the same moment. */
    private static List<UUID> administrators(Transaction tx) {
        return tx.handle()
                .createQuery("select id from staff where 'ADMINISTRATOR' = any (roles) for update")
                .mapTo(UUID.class)
                .list();
    }

    /** Everybody, by name. */
    public List<Person> all() {
        return database().inTransaction(AuditEntry.list("Staff"),
                tx -> tx.handle()
                        .createQuery("select id, name, subject, roles, version from staff order by name")
                        .map((row, context) -> person(row))
                        .list());
    }

    /** Takes somebody off the list; their sessions and their sockets end with it. */
    public void remove(UUID id) {
        ends.soon(binding.tenant().id());
        database().inTransaction(AuditEntry.of(AuditAction.DELETE, "Staff", id.toString()), tx -> {
            if (administrators(tx).equals(List.of(id))) {
                throw new ProblemException(Problem.CONFLICT,
                        "The last administrator cannot leave; right would be to add another one first");
            }
            if (tx.handle().createUpdate("delete from staff where id = :id").bind("id", id).execute() == 0) {
                throw ProblemException.notFound();
            }
            return true;
        });
        gone.fire(new Gone(binding.tenant().id()));
    }

    @Override
    public Optional<Member> find(String id) {
        return data.lookUp(handle -> handle.createQuery("select id, name from staff where id::text = :id")
                .bind("id", id)
                .map((row, context) -> new Member(row.getString(1), row.getString(2)))
                .findOne());
    }

    @Override
    public List<Member> with(Role role) {
        return all().stream()
                .filter(person -> person.roles().contains(role.name().toLowerCase(Locale.ROOT)))
                .map(person -> new Member(person.id(), person.name()))
                .toList();
    }

    private TenantDatabase database() {
        return data.forPlugin(TenantDatabases.CORE);
    }
}
