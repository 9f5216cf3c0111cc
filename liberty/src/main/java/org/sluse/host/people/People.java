// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** The people of the bound tenant. Thread-safe. */
@OnePerNode
public final class People implements Staff {

    private static final List<String> GIVEN = List.of("administrator", "practitioner");

    private final DataPorts data;
    private final Binding binding;
    private final Ids ids;
    private final SessionEnds ends;
    private final Event<Gone> gone;

    /**
     * A session at the clinic may stand no longer: somebody has signed out, is off the list, or has other roles. A hint, told on the node where it happened; what is true
     * stands in the clinic's database.
     */
    public record Gone(TenantId tenant) {}

    @Inject
    People(DataPorts data, Binding binding, Ids ids, SessionEnds ends, Event<Gone> gone) {
        this.data = data;
        this.binding = binding;
        this.ids = ids;
        this.ends = ends;
        this.gone = gone;
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

    /** Somebody in the list; roles as in {@link NewPerson}. */
    public record Person(String id, String name, String subject, List<String> roles) {}

    /** Refuses what cannot be added. */
    public static void check(NewPerson person) {
        if (person.subject().isBlank() || person.subject().length() > 255) {
            throw ProblemException.notAllowed("/subject", "subject",
                    "The subject is missing or too long; right would be the 'sub' at the identity provider, 1 to 255 characters");
        }
        if (person.name().isBlank() || person.name().length() > 80) {
            throw ProblemException.notAllowed("/name", "required",
                    "The name is missing; right would be 1 to 80 characters");
        }
        if (person.roles().isEmpty() || !GIVEN.containsAll(person.roles())) {
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
                    .bindArray("roles", String.class,
                            person.roles().stream().map(name -> name.toUpperCase(Locale.ROOT)).toList())
                    .execute();
            if (added == 0) {
                var taken = "Somebody with this subject is in the list already";
                throw new ProblemException(Problem.CONFLICT, taken,
                        List.of(new FieldError("/subject", "subject-taken", taken)));
            }
            return new Person(id.toString(), person.name().strip(), person.subject().strip(), person.roles());
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
                .ifPresentOrElse(id -> change(id, person), () -> add(issuer, person));
    }

    private void change(UUID id, NewPerson person) {
        ends.soon(binding.tenant().id());
        database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Staff", id.toString()),
                tx -> tx.handle()
                        .createUpdate("update staff set name = :name, roles = :roles where id = :id")
                        .bind("id", id)
                        .bind("name", person.name().strip())
                        .bindArray("roles", String.class,
                                person.roles().stream().map(name -> name.toUpperCase(Locale.ROOT)).toList())
                        .execute());
        gone.fire(new Gone(binding.tenant().id()));
    }

    /** Everybody, by name. */
    public List<Person> all() {
        return database().inTransaction(AuditEntry.list("Staff"),
                tx -> tx.handle()
                        .createQuery("select id, name, subject, roles from staff order by name")
                        .map((row, context) -> new Person(row.getString(1), row.getString(2), row.getString(3),
                                Arrays.stream((String[]) row.getArray(4).getArray())
                                        .map(name -> name.toLowerCase(Locale.ROOT))
                                        .toList()))
                        .list());
    }

    /** Takes somebody off the list; their sessions and their sockets end with it. */
    public void remove(UUID id) {
        ends.soon(binding.tenant().id());
        database().inTransaction(AuditEntry.of(AuditAction.DELETE, "Staff", id.toString()), tx -> {
            // The lock keeps two administrators from removing each other at the same moment.
            var administrators = tx.handle()
                    .createQuery("select id from staff where 'ADMINISTRATOR' = any (roles) for update")
                    .mapTo(UUID.class)
                    .list();
            if (administrators.equals(List.of(id))) {
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
