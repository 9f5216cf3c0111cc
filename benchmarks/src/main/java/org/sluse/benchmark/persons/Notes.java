// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark.persons;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.stream.IntStream;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.TenantDatabase;
import org.sluse.plugin.OfPlugin;

/** {@code /api/{tenant}/persons/notes}. */
@Path("/{tenant}/persons/notes")
@OfPlugin("persons")
@AllowedTo(Role.ANYONE)
@RequestScoped
public class Notes {

    @Inject
    TenantDatabase database;

    /** Writes the notes of so many persons, whose keys are made where there are none; each says whose it is. @param first number of the first one */
    @PUT
    @Path("/{first}")
    public String write(@PathParam("first") int first, @QueryParam("count") int count) {
        var persons = IntStream.range(first, first + count).mapToObj(Notes::person).toList();
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Note", persons.getFirst()).touching(count),
                tx -> {
                    var seals = tx.sealsOf(persons);
                    var batch = tx.handle()
                            .prepareBatch(
                                    "insert into person (id, note) values (:id, :note) on conflict (id) do update set note = excluded.note");
                    persons.forEach(person -> batch.bind("id", person)
                            .bind("note",
                                    seals.apply(person).seal(Cell.of("person", "note", person), "Note of " + person))
                            .add());
                    batch.execute();
                    return "";
                });
    }

    /** What the note of the person with this number says. */
    @GET
    @Path("/{number}")
    public String read(@PathParam("number") int number) {
        var person = person(number);
        return database.inTransaction(AuditEntry.read("Note", person).about(person), tx -> {
            var sealed = tx.handle()
                    .createQuery("select note from person where id = :id")
                    .bind("id", person)
                    .mapTo(String.class)
                    .one();
            return tx.sealOf(person).open(Cell.of("person", "note", person), sealed);
        });
    }

    private static String person(int number) {
        return "person-" + number;
    }
}
