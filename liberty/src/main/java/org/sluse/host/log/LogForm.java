// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sluse.host.written.LogId;

/**
 * Which tables a log is in, and the line of an entry, of which its leaf is the hash: JSON as RFC 8785 writes it (members by name, no blanks, UTF-8, {@code \u001f} in lower case), times in
 * UTC with six digits of a second, without the members that are absent. So the same row gives the same bytes for ever, and a column that is added later, and absent in older rows,
 * changes none of them. A form that is once in use is not changed: another one gets the next {@link #NUMBER}.
 */
enum LogForm {

    /** A clinic's audit trail. */
    CLINIC("core.audit", "core.leaf", "core.checkpoint", List.of(text("action", "action"), text("actorId", "actor_id"),
            text("actorKind", "actor_kind"), text("agent", "agent"), new Column("at", "at", Type.TIME),
            new Column("id", "id", Type.NUMBER), text("network", "network"), text("objectId", "object_id"),
            text("objectType", "object_type"), new Column("objects", "objects", Type.NUMBER),
            text("outcome", "outcome"), text("patient", "patient"), text("plugin", "plugin"),
            text("reason", "reason"))),
    /** What was done to the platform. */
    OPERATOR("operator_log", "operator_leaf", "operator_checkpoint", List.of(text("action", "action"),
            text("actorId", "actor_id"), text("actorKind", "actor_kind"), text("agent", "agent"),
            new Column("at", "at", Type.TIME), new Column("byItself", "by_itself", Type.FLAG),
            new Column("id", "id", Type.NUMBER), text("network", "network"), text("objectId", "object_id"),
            text("objectType", "object_type"), text("operator", "operator"), text("outcome", "outcome"),
            text("reason", "reason"), text("tenant", "tenant"), new Column("unwritten", "unwritten", Type.NUMBER)));

    /** Of the form that is written now; in the line it is {@code v}. */
    static final int NUMBER = 1;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
            Locale.ROOT);
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new LowerCaseEscapes())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private enum Type {
        TEXT, NUMBER, FLAG, TIME
    }

    /** @param name in the line, where members stand in the order of their names */
    private record Column(String name, String column, Type type) {}

    private final String entries;
    private final String leaves;
    private final String checkpoints;
    private final List<Column> columns;

    LogForm(String entries, String leaves, String checkpoints, List<Column> columns) {
        this.entries = entries;
        this.leaves = leaves;
        this.checkpoints = checkpoints;
        this.columns = columns;
    }

    private static Column text(String name, String column) {
        return new Column(name, column, Type.TEXT);
    }

    static LogForm of(LogId log) {
        return log.clinic().isPresent() ? CLINIC : OPERATOR;
    }

    /** The statement with the log's tables in it, for {@code <entries>}, {@code <leaves>} and {@code <checkpoints>}, and for {@code <columns>} what {@link #line} reads, of {@code entry}. */
    String sql(String statement) {
        return statement.replace("<entries>", entries)
                .replace("<leaves>", leaves)
                .replace("<checkpoints>", checkpoints)
                .replace("<columns>", columns.stream()
                        .map(one -> "entry." + one.column())
                        .collect(Collectors.joining(", ")));
    }

    /** The line of the row. @param first in which column of the result they begin */
    byte[] line(ResultSet row, int first) throws SQLException {
        var bytes = new ByteArrayOutputStream(400);
        try (var line = JSON.createGenerator(bytes)) {
            line.writeStartObject();
            for (var index = 0; index < columns.size(); index++) {
                write(line, columns.get(index), row, first + index);
            }
            line.writeNumberField("v", NUMBER);
            line.writeEndObject();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator line, Column column, ResultSet row, int index)
            throws IOException, SQLException {
        switch (column.type()) {
            case TEXT -> {
                var text = row.getString(index);
                if (text != null) {
                    line.writeStringField(column.name(), text);
                }
            }
            case NUMBER -> {
                var number = row.getLong(index);
                if (!row.wasNull()) {
                    line.writeNumberField(column.name(), number);
                }
            }
            case FLAG -> line.writeBooleanField(column.name(), row.getBoolean(index));
            case TIME -> line.writeStringField(column.name(),
                    TIME.format(row.getObject(index, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC)));
        }
    }

    /** RFC 8785, 3.2.2.2: what has no short form is {@code \\u00xx} in lower case. */
    private static final class LowerCaseEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            var codes = CharacterEscapes.standardAsciiEscapesForJSON();
            for (var one = 0; one < 0x20; one++) {
                if (codes[one] < 0) {
                    codes[one] = ESCAPE_CUSTOM;
                }
            }
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            // Asked for letters beyond ASCII too, which stay as they are.
            return character < 0x20 ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character)) : null;
        }
    }
}
