// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Wording.ItemTexts;
import org.sluse.epr.assessment.Wording.Texts;

/** Wordings as rows. Nothing in them is about a person but who brought them. */
final class WordingStore {

    private WordingStore() {}

    static void insert(Transaction tx, Wording wording) {
        tx.handle()
                .createUpdate(
                        """
                                insert into wording (id, instrument, instrument_version, language, texts, imported_at, imported_by)
                                values (:id, :instrument, :version, :language, :texts::jsonb, :at, :by)""")
                .bind("id", wording.id())
                .bind("instrument", wording.instrument())
                .bind("version", wording.version())
                .bind("language", wording.language())
                .bind("texts", json(wording.texts()))
                .bind("at", wording.importedAt())
                .bind("by", wording.importedBy())
                .execute();
    }

    /** The newest of each instrument and language. */
    static List<Wording> newest(Transaction tx) {
        return tx.handle()
                .createQuery("""
                        select distinct on (instrument, language) * from wording
                        order by instrument, language, imported_at desc, id""")
                .map((row, ctx) -> wording(row))
                .list();
    }

    static Map<UUID, Wording> find(Transaction tx, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return tx.handle()
                .createQuery("select * from wording where id = any(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, ctx) -> wording(row))
                .stream()
                .collect(Collectors.toMap(Wording::id, one -> one));
    }

    private static Wording wording(ResultSet row) throws SQLException {
        return new Wording(row.getObject("id", UUID.class), row.getString("instrument"),
                row.getString("instrument_version"), row.getString("language"), texts(row.getString("texts")),
                row.getTimestamp("imported_at").toInstant(), row.getString("imported_by"));
    }

    private static String json(Texts texts) {
        var items = Json.createObjectBuilder();
        texts.items().forEach((linkId, item) -> {
            var choices = Json.createObjectBuilder();
            item.choices().forEach(choices::add);
            items.add(linkId, Json.createObjectBuilder().add("text", item.text()).add("choices", choices));
        });
        var whole = Json.createObjectBuilder();
        texts.source().ifPresent(source -> whole.add("source", source));
        return whole.add("notice", texts.notice()).add("stem", texts.stem()).add("items", items).build().toString();
    }

    private static Texts texts(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            var whole = reader.readObject();
            return new Texts(Optional.ofNullable(whole.getString("source", null)), whole.getString("notice"),
                    whole.getString("stem"),
                    whole.getJsonObject("items")
                            .entrySet()
                            .stream()
                            .collect(Collectors.toMap(Map.Entry::getKey,
                                    item -> item(item.getValue().asJsonObject()))));
        }
    }

    private static ItemTexts item(JsonObject item) {
        return new ItemTexts(item.getString("text"),
                item.getJsonObject("choices")
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey,
                                choice -> ((JsonString) choice.getValue()).getString())));
    }
}
