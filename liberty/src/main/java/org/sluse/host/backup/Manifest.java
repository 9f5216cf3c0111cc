// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a backup says of itself.
 *
 * @param header what everybody may read
 * @param contents what only the holder of the backup key can read; it was not altered
 */
record Manifest(Header header, Contents contents) {

    /** Of the files that this code writes. It reads this one only. */
    static final int FORMAT = 1;

    /** In place of a schema's name, for rows of the control database. No schema of a plugin can have it. */
    static final String CONTROL = "@control";

    private static final DateTimeFormatter IN_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");

    /**
     * The first line of the file of the manifest, as JSON. Bound to everything that is sealed.
     *
     * @param format {@link #FORMAT}
     * @param clinic whose data it is
     * @param id of the backup within the clinic's, for example {@code 20261127T031200Z-1f2e3d4c}: later ones sort later
     * @param at when the snapshot was taken
     * @param key which backup key it is sealed with
     */
    record Header(int format, String clinic, String id, Instant at, int key) {

        Header {
            if (!isId(id)) {
                throw new IllegalArgumentException("'" + id + "' is not the id of a backup");
            }
        }

        /** Of a backup that is being made. */
        static Header of(String clinic, Instant at, UUID random, int key) {
            return new Header(FORMAT, clinic, IN_ID.format(at) + "-" + random.toString().substring(28), at, key);
        }
    }

    /**
     * What is in the backup.
     *
     * @param installation which root key sealed what is sealed in the data; no secret
     * @param snapshot the snapshot's name in PostgreSQL
     * @param control version of the tables of the control database
     * @param revision the newest revision then
     * @param schemas the clinic's, {@code core} first
     * @param parts in the order in which they lie in the data
     * @param positions where sequences stood
     */
    record Contents(String installation, String snapshot, String control, long revision, List<Schema> schemas,
            List<Part> parts, List<Position> positions) {

        long rows() {
            return parts.stream().mapToLong(Part::rows).sum();
        }

        long bytes() {
            return parts.stream().mapToLong(Part::bytes).sum();
        }
    }

    /**
     * A schema.
     *
     * @param migrations applied, in their order; none where a schema has no history
     * @param structure how its tables can be made without the migrations, for a plugin that is not in the server; empty when it has more than tables
     */
    record Schema(String name, List<Migration> migrations, Optional<Structure> structure) {}

    /** @param checksum as Flyway computes it; 0 where it has none */
    record Migration(String version, int checksum) {}

    /**
     * Statements of SQL.
     *
     * @param before those that make tables
     * @param after those that make foreign keys, once the rows are there
     */
    record Structure(List<String> before, List<String> after) {}

    /**
     * One table.
     *
     * @param schema its schema, or {@link #CONTROL}
     * @param rows how many
     * @param bytes of the text that {@code COPY} makes of it
     * @param sha256 of that text, hexadecimal
     */
    record Part(String schema, String table, List<Column> columns, long rows, long bytes, String sha256) {

        boolean isControl() {
            return schema.equals(CONTROL);
        }
    }

    /** @param type as PostgreSQL writes it, for example {@code character varying(80)} */
    record Column(String name, String type) {}

    /** @param last the value that was given last */
    record Position(String schema, String sequence, long last) {}

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** When a backup of this id was made, by its name. */
    static Instant madeAt(String id) {
        return Instant.from(IN_ID.parse(id.substring(0, id.indexOf('-'))));
    }

    static String dataName(String clinic, String id) {
        return clinic + "/" + id + ".data";
    }

    static String manifestName(String clinic, String id) {
        return clinic + "/" + id + ".manifest";
    }
}
