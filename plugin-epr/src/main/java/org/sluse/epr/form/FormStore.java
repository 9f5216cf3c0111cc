// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.sluse.data.Transaction;

/** Forms as rows. Nothing in them is about a person but who brought them. */
final class FormStore {

    private FormStore() {}

    /** False: there is a form with this address and version. */
    static boolean insert(Transaction tx, Form form) {
        return tx.handle()
                .createUpdate(
                        """
                                insert into form (id, url, version, title, languages, questions, content, imported_at, imported_by)
                                values (:id, :url, :version, :title, :languages, :questions, :content, :at, :by) on conflict (url, version) do nothing""")
                .bind("id", form.id())
                .bind("url", form.url())
                .bind("version", form.version())
                .bind("title", form.title())
                .bindArray("languages", String.class, form.languages())
                .bind("questions", form.questions())
                .bind("content", form.content())
                .bind("at", form.importedAt())
                .bind("by", form.importedBy())
                .execute() == 1;
    }

    /** Each version of each, the newest first. */
    static List<Form> all(Transaction tx) {
        return read(tx.handle().createQuery("select * from form order by position desc"));
    }

    /** For each address the version that was brought last, in the order of their titles. */
    static List<Form> newest(Transaction tx) {
        return read(tx.handle()
                .createQuery(
                        "select * from (select distinct on (url) * from form order by url, position desc) newest order by title, url"));
    }

    static Optional<Form> find(Transaction tx, UUID id) {
        return read(tx.handle().createQuery("select * from form where id = :id").bind("id", id)).stream().findFirst();
    }

    private static List<Form> read(Query query) {
        return query.map((row, ctx) -> form(row)).list();
    }

    static Form form(ResultSet row) throws SQLException {
        return new Form(row.getObject("id", UUID.class), row.getString("url"), row.getString("version"),
                row.getString("title"), List.of((String[]) row.getArray("languages").getArray()),
                row.getInt("questions"), row.getString("content"), row.getTimestamp("imported_at").toInstant(),
                row.getString("imported_by"));
    }
}
