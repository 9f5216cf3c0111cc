// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.tenant.Tenants;
import org.sluse.tenant.TenantId;

/** The clinics as the operator looks for them: page by page. Without a search it reads as many rows as it gives; with one, some hundreds more at most, unless those who have the words lie far apart. Thread-safe. */
@OnePerNode
final class Clinics {

    private static final String COLUMNS = "select id, name, location, created_at, issuer is not null from tenant ";

    /** The page after an id. */
    static final String PAGE = COLUMNS + "where id > :after order by id limit :most";
    /** The same, of those that have all the words, looked up by the words. PostgreSQL cannot tell a rare beginning of a word from one that all have, so that it is told which way to go. */
    static final String BY_WORDS = "with found as materialized (" + COLUMNS
            + "where words @@ :words::tsquery) select * from found where id > :after order by id limit :most";
    /** The same, going through the clinics in their order until there are enough. */
    static final String BY_ORDER = COLUMNS + "where words @@ :words::tsquery and id > :after order by id limit :most";
    /** Whether few have the words. */
    static final String COUNT = "select count(*) from (select 1 from tenant where words @@ :words::tsquery limit :few) found";

    /** Looked up by the words are at most as many; of what more have, the next page is near in the order of ids. */
    static final int FEW = 500;

    private final ControlDatabase control;

    /**
     * A clinic.
     *
     * @param isSetUp whether its staff can sign in
     */
    record Row(TenantId id, String name, String location, Instant createdAt, boolean isSetUp) {}

    @Inject
    Clinics(ControlDatabase control) {
        this.control = control;
    }

    /**
     * A page of clinics, by id.
     *
     * @param search beginnings of words of the name or the id, each of which must be there; empty for all
     * @param after id of the last one that is known; empty for the first page
     */
    List<Row> page(String search, String after, int most) {
        return control.read(handle -> page(handle, search, after, most));
    }

    static List<Row> page(Handle handle, String search, String after, int most) {
        var words = words(search);
        if (words.isEmpty() && !search.isBlank()) {
            return List.of();
        }
        var query = handle.createQuery(words.isEmpty() ? PAGE : way(handle, words))
                .bind("after", after)
                .bind("most", most);
        if (!words.isEmpty()) {
            query.bind("words", words);
        }
        return query.map(Clinics::row).list();
    }

    private static String way(Handle handle, String words) {
        return handle.createQuery(COUNT).bind("words", words).bind("few", FEW + 1).mapTo(int.class).one() <= FEW
                ? BY_WORDS
                : BY_ORDER;
    }

    /** One of them. */
    Optional<Row> find(TenantId id) {
        return control.read(handle -> handle.createQuery(COLUMNS + "where id = :id")
                .bind("id", id.value())
                .map(Clinics::row)
                .findOne());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(new TenantId(row.getString(1)), row.getString(2), row.getString(3),
                row.getTimestamp(4).toInstant(), row.getBoolean(5));
    }

    /** As PostgreSQL reads it: each word as it was typed, or as it stands in ids, as a beginning. Nothing but letters and digits gets into it. */
    static String words(String search) {
        return Arrays.stream(search.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> Stream.of(word.toLowerCase(java.util.Locale.ROOT), Tenants.plain(word))
                        .map(form -> form.replaceAll("[^\\p{L}\\p{N}]", ""))
                        .filter(form -> !form.isEmpty())
                        .distinct()
                        .map(form -> form + ":*")
                        .collect(Collectors.joining(" | ", "(", ")")))
                .collect(Collectors.joining(" & "));
    }
}
