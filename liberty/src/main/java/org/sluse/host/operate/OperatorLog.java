// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;

/** What was done to the platform, by whom and from where. Rows of the control database; thread-safe. */
@OnePerNode
final class OperatorLog {

    /** And what the system found or took back, which somebody has to know. As the index has it. */
    private static final String WHAT_PEOPLE_DID = "(not by_itself or action in ('FIND', 'ROLL_BACK'))";

    private final ControlDatabase control;

    /**
     * One act.
     *
     * @param actor id of who did it; {@code operator}, or of somebody at the clinic
     * @param operator what one of the operator's people calls themselves; absent when they did not say
     * @param byItself whether the system did it, and nobody called
     * @param tenant the clinic that it touches; empty for none in particular
     * @param outcome {@code DONE} or {@code REFUSED}
     * @param reason why it was refused
     * @param unwritten of a refusal: how many alike before it are in no row
     * @param network from which network; empty for none, or in rows that are older
     * @param agent by which kind of program, as in {@link org.sluse.host.tenant.Source.Agent}
     */
    record Row(long id, Instant at, String actorKind, String actor, Optional<String> operator, boolean byItself,
            String action, String objectType, String object, Optional<String> tenant, String outcome,
            Optional<String> reason, int unwritten, String network,
            String agent) {}

    /**
     * What is looked for; empty values do not matter.
     *
     * @param from, to both inclusive
     * @param all also what the system did by itself; whoever looks for one act finds that too
     * @param before with {@code beforeId}: the place of the last row that is known
     */
    record Search(Optional<Instant> from, Optional<Instant> to, Optional<String> action, Optional<String> tenant,
            boolean all, Optional<Instant> before, Optional<Long> beforeId) {}

    @Inject
    OperatorLog(ControlDatabase control) {
        this.control = control;
    }

    /** The newest rows that match, at most {@code most}. Reads about as many rows as it gives, whichever one thing is looked for. */
    List<Row> find(Search search, int most) {
        return control.read(handle -> {
            var query = handle.createQuery(sql(search)).bind("most", most);
            search.from().ifPresent(from -> query.bind("from", from));
            search.to().ifPresent(to -> query.bind("to", to));
            search.action().ifPresent(action -> query.bind("action", action));
            search.tenant().ifPresent(tenant -> query.bind("tenant", tenant));
            search.before().ifPresent(before -> query.bind("before", before).bind("id", search.beforeId().orElse(0L)));
            return query.map((row, context) -> new Row(row.getLong(1), row.getTimestamp(2).toInstant(),
                    row.getString(3), row.getString(4), Optional.ofNullable(row.getString(5)), row.getBoolean(6),
                    row.getString(7), row.getString(8), row.getString(9), Optional.ofNullable(row.getString(10)),
                    row.getString(11), Optional.ofNullable(row.getString(12)), row.getInt(13),
                    Optional.ofNullable(row.getString(14)).orElse(""),
                    Optional.ofNullable(row.getString(15)).orElse("")))
                    .list();
        });
    }

    /** Only the conditions that matter, so that an index fits. */
    static String sql(Search search) {
        var conditions = new ArrayList<String>(List.of("true"));
        search.from().ifPresent(any -> conditions.add("at >= :from"));
        search.to().ifPresent(any -> conditions.add("at <= :to"));
        search.action().ifPresent(any -> conditions.add("action = :action"));
        search.tenant().ifPresent(any -> conditions.add("tenant = :tenant"));
        if (!search.all() && search.action().isEmpty()) {
            conditions.add(WHAT_PEOPLE_DID);
        }
        search.before().ifPresent(any -> conditions.add("(at, id) < (:before, :id)"));
        return """
                select id, at, actor_kind, actor_id, operator, by_itself, action, object_type, object_id, tenant, outcome, reason, unwritten, network, agent
                from operator_log where %s order by at desc, id desc limit :most"""
                .formatted(String.join(" and ", conditions));
    }
}
