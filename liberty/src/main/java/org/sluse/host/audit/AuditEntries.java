// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.plugin.PluginId;

/** The entries of the bound tenant's audit trail, for who may read them; each reading is an entry too. Thread-safe; blocks. */
@OnePerNode
public final class AuditEntries {

    private static final String ROWS = """
            select audit.id, at, actor_kind, actor_id, staff.name, staff.roles, plugin, action, object_type, object_id, colleague.name, patient,
                   outcome, reason, objects, coalesce(network, ''), coalesce(agent, '')
            from audit left join staff on staff.id::text = audit.actor_id
            left join staff colleague on object_type = 'Staff' and colleague.id::text = object_id
            where (at, audit.id) < (:before, :id)""";
    private static final String NEWEST_FIRST = " order by at desc, audit.id desc limit :most";
    private static final String SEARCHED = """
            and at >= :from and at < :until
            and (cardinality(:actions) = 0 or action = any(:actions))
            and (:lists::boolean is null or action <> 'READ' or (object_id = '*') = :lists)
            and (:module::text is null or plugin = :module) and (:outcome::text is null or outcome = :outcome)
            and (:patient::text is null or patient = :patient)
            and (:object::text is null or object_id = :object or patient = :object)
            and (:actor::text is null or actor_id = :actor or staff.name = :actor
              or (action = 'SIGN_IN' and (object_id = :actor or colleague.name = :actor)))
            and not (:withoutLookUps and object_type in ('StaffSession', 'Settings', 'Acknowledgement', 'Link') and action = 'READ')""";

    /** Each part has an index of its own; a row may be in both. */
    private static final String OF_PERSON = """
            and audit.id in (
             (select one.id from audit one where one.patient = :person and one.plugin = any(:modules) and (one.at, one.id) < (:before, :id)
              order by one.at desc, one.id desc limit :most)
             union all
             (select one.id from audit one where one.object_id = any(:objects) and one.plugin = :plugin and (one.at, one.id) < (:before, :id)
              order by one.at desc, one.id desc limit :most))""";

    private final DataPorts data;

    @Inject
    AuditEntries(DataPorts data) {
        this.data = data;
    }

    /**
     * An entry as it is read.
     *
     * @param actorId of whoever acted, as {@link Actor#id}
     * @param actorName as the clinic's list of people has it now; empty for who is not in it
     * @param actorRoles what they may do there now, in lower case; empty likewise
     * @param module id of the plugin, or {@code core}
     * @param objectName of the colleague whom the act is about, as in a sign-in; empty for every other object
     * @param patient the clinic's internal id of whom it is about
     * @param objects how many it touched; of a refusal, how many alike before it are in no entry; empty when not counted
     * @param network from which network; empty for none, and in entries that are older
     * @param agent by which kind of program, a name of {@link org.sluse.host.tenant.Source.Agent}; empty in entries that are older
     */
    public record Row(long id, Instant at, Actor.Kind actorKind, String actorId, Optional<String> actorName,
            Set<String> actorRoles, String module, AuditAction action, String objectType, String objectId,
            Optional<String> objectName, Optional<String> patient, AuditEntry.Outcome outcome,
            Optional<String> reason, Optional<Integer> objects, String network, String agent) {

        public Row {
            actorRoles = Set.copyOf(actorRoles);
        }

        /** Whether it was a reading of many at once, of which none is named. */
        public boolean isOfList() {
            return action == AuditAction.READ && objectId.equals("*");
        }
    }

    /**
     * Which entries.
     *
     * @param from inclusive
     * @param until exclusive
     * @param actions any of them; empty for every one
     * @param lists of readings: those of lists, or those of single objects; empty for both
     * @param actor id or name of whoever acted
     * @param patient internal id
     * @param object id of what it was about, a patient among it
     * @param withoutLookUps leaves out readings that say nothing about anybody, which earlier versions wrote
     */
    public record Search(Instant from, Instant until, Set<AuditAction> actions, Optional<Boolean> lists,
            Optional<String> actor, Optional<String> patient, Optional<String> object, Optional<PluginId> module,
            Optional<AuditEntry.Outcome> outcome, boolean withoutLookUps) {

        public Search {
            actions = Set.copyOf(actions);
        }

        /** Every entry of a time. */
        public static Search between(Instant from, Instant until) {
            return new Search(from, until, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }

    /** A place in the trail, between two entries: what comes after it is older, or of the same moment with a smaller id. */
    public record Place(Instant at, long id) {

        /** Before everything of that moment. */
        public static Place before(Instant at) {
            return new Place(at, 0);
        }

        /** After this entry. */
        public static Place after(Row row) {
            return new Place(row.at(), row.id());
        }
    }

    /** The newest entries that are searched for, older than the place; at most so many. */
    public List<Row> find(Search search, Place before, int most) {
        return data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.list("Audit"),
                        tx -> rows(tx.handle()
                                .createQuery(ROWS + SEARCHED + NEWEST_FIRST)
                                .bind("from", search.from())
                                .bind("until", search.until())
                                .bindArray("actions", String.class,
                                        search.actions().stream().map(Enum::name).toList())
                                .bind("lists", search.lists().orElse(null))
                                .bind("module", search.module().map(PluginId::value).orElse(null))
                                .bind("outcome", search.outcome().map(Enum::name).orElse(null))
                                .bind("patient", search.patient().orElse(null))
                                .bind("object", search.object().orElse(null))
                                .bind("actor", search.actor().orElse(null))
                                .bind("withoutLookUps", search.withoutLookUps()), before, most));
    }

    /** The entry with this id; asking for one that is not there is an entry too. */
    public Optional<Row> find(long id) {
        return data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.read("Audit", Long.toString(id)), tx -> rows(tx.handle()
                        .createQuery(ROWS + " and audit.id = :one" + NEWEST_FIRST)
                        .bind("one", id), new Place(Instant.parse("9999-01-01T00:00:00Z"), 0), 1).stream().findFirst());
    }

    /**
     * The newest entries about a person, older than the place; at most so many. The reading is an entry about that person.
     *
     * @param plugin whose person it is. What it calls by an id is another thing at every other plugin; the host's own entries name the person too, and an id that is no UUID may be a namesake's there
     * @param person the plugin's id of them
     * @param objects ids of what is theirs, unique within the plugin
     */
    public List<Row> about(PluginId plugin, String person, Collection<String> objects, Place before, int most) {
        var modules = LinkedPersons.isUuid(person)
                ? List.of(plugin.value(), TenantDatabases.CORE.value())
                : List.of(plugin.value());
        return data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.list("Audit").about(person),
                        tx -> rows(tx.handle()
                                .createQuery(ROWS + OF_PERSON + NEWEST_FIRST)
                                .bindArray("modules", String.class, modules)
                                .bind("plugin", plugin.value())
                                .bind("person", person)
                                .bindArray("objects", String.class, List.copyOf(objects)), before, most));
    }

    private static List<Row> rows(Query query, Place before, int most) {
        return query.bind("before", before.at())
                .bind("id", before.id())
                .bind("most", most)
                .map((row, context) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getTimestamp(2).toInstant(), Actor.Kind.valueOf(row.getString(3)),
                row.getString(4), Optional.ofNullable(row.getString(5)),
                roles(row.getArray(6)), row.getString(7),
                AuditAction.valueOf(row.getString(8)), row.getString(9), row.getString(10),
                Optional.ofNullable(row.getString(11)), Optional.ofNullable(row.getString(12)),
                AuditEntry.Outcome.valueOf(row.getString(13)), Optional.ofNullable(row.getString(14)),
                Optional.ofNullable(row.getObject(15, Integer.class)), row.getString(16), row.getString(17));
    }

    private static Set<String> roles(@Nullable Array stored) throws SQLException {
        return stored == null
                ? Set.of()
                : Arrays.stream((String[]) stored.getArray())
                        .map(role -> role.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }
}
