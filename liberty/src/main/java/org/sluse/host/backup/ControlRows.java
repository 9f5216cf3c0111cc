// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.sluse.host.backup.Manifest.Column;
import org.sluse.host.backup.Manifest.Part;
import org.sluse.host.control.ControlDatabase;
import org.sluse.tenant.TenantId;

/** The rows of the control database without which a clinic cannot be brought up elsewhere, in one open transaction there. */
final class ControlRows {

    /** What was destroyed of clinics that have left: it goes with every backup, so that none of them comes back elsewhere. */
    private static final String CERTIFICATE = "off_boarding_certificate";

    /** By table, in an order in which they can be written, which rows are a clinic's or everybody's; {@code %s} is the clinic's id. What is everybody's is the same in each backup. */
    static final List<Map.Entry<String, String>> CARRIED = List.of(
            Map.entry("register_content", """
                    hash in (select hash from register_fact where tenant = '%1$s' or tenant is null
                    union select document from register_revision where tenant = '%1$s')"""),
            Map.entry("tenant", "id = '%s'"), Map.entry("register_key", "true"), Map.entry("toggle", "tenant = '%s'"),
            Map.entry("register_fact", "tenant = '%s' or tenant is null"),
            Map.entry("register_revision", "tenant = '%s'"), Map.entry("paper", "tenant = '%s'"),
            Map.entry("kill", "true"), Map.entry("rollout", "true"), Map.entry(CERTIFICATE, "true"));

    /** Every other table, and why it stays behind. */
    static final Map<String, String> LEFT_BEHIND = Map.ofEntries(
            Map.entry("revision", "the manifest says it"),
            Map.entry("operator_log", "it is the log of the installation; what touched the clinic is in its own trail"),
            Map.entry("operator_leaf", "it proves the log of the installation"),
            Map.entry("operator_checkpoint", "it proves the log of the installation"),
            Map.entry("log_key", "the restored node says it anew, with the key that came along"),
            Map.entry("operator_notice", "it is told within seconds"),
            Map.entry("register_notice", "a node that starts says what its jars declare"),
            Map.entry("session_end", "no session goes with it"),
            Map.entry("operator_link", "whoever operates another server asks that one for a way in"),
            Map.entry("operator_session", "whoever operates another server asks that one for a way in"),
            Map.entry("scheduled_tasks", "a node schedules anew what is on"),
            Map.entry("timer_wake", "a node wakes every timer of what is on"),
            Map.entry("node", "other nodes serve"),
            Map.entry("cluster_member", "nodes say themselves where they are"),
            Map.entry("move", "the clinic is where it is restored"),
            Map.entry("rollout_count", "calls to another server"),
            Map.entry("comparison", "made again the night after"),
            Map.entry("leave_request", "whoever wants to leave asks the restored clinic anew"),
            Map.entry("off_boarding", "of clinics that are not there any more; their certificates come along"),
            Map.entry("backup", "the new place has none yet"),
            Map.entry("backup_key", "keys are not in a backup"),
            Map.entry("restore_drill", "of another server"),
            Map.entry("flyway_schema_history", "the manifest says it"));

    private final Handle handle;
    private final List<Part> staged = new ArrayList<>();

    ControlRows(Handle handle) {
        this.handle = handle;
    }

    /**
     * What was copied.
     *
     * @param version of the tables
     * @param revision the newest one then
     */
    record Copied(List<Part> parts, String version, long revision) {}

    /** Writes each table as a part, all of one moment: a fact never comes without its content. */
    static Copied write(ControlDatabase control, TenantId clinic, Backup.Parts parts) {
        return control.snapshot(handle -> {
            var written = new ArrayList<Part>();
            for (var table : CARRIED) {
                try {
                    written.add(parts.add(described(handle, table.getKey()),
                            target -> copyOut(handle, table, clinic, target)));
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            }
            return new Copied(written, version(handle), ControlDatabase.revision(handle));
        });
    }

    /** Writes the certificate of a clinic that has left, alone. */
    static List<Part> writeCertificate(ControlDatabase control, TenantId clinic, Backup.Parts parts) {
        return control.snapshot(handle -> {
            try {
                return List.of(parts.add(described(handle, CERTIFICATE),
                        target -> copyOut(handle, Map.entry(CERTIFICATE, "tenant = '%s'"), clinic, target)));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }

    private static Part described(Handle handle, String table) {
        return new Part(Manifest.CONTROL, table, handle.createQuery(
                """
                        select attname, format_type(atttypid, atttypmod) from pg_attribute
                        where attrelid = to_regclass(:table) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum""")
                .bind("table", Tables.quoted(table))
                .map((row, context) -> new Column(row.getString(1), row.getString(2)))
                .list(), 0, 0, "");
    }

    private static long copyOut(Handle handle, Map.Entry<String, String> table, TenantId clinic, OutputStream target)
            throws IOException {
        var part = described(handle, table.getKey());
        try {
            // Of a clinic's id there is nothing that would have to be quoted.
            return Tables.copying(handle)
                    .copyOut("copy (select " + names(part) + " from " + Tables.quoted(table.getKey()) + " where "
                            + table.getValue().formatted(clinic.value()) + " order by 1, 2) to stdout", target);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("Table '" + table.getKey() + "' cannot be copied", unreadable);
        }
    }

    private static String version(Handle handle) {
        return handle.createQuery(
                "select version from flyway_schema_history where success and version is not null order by installed_rank desc limit 1")
                .mapTo(String.class)
                .one();
    }

    /** Whether there is such a clinic. */
    boolean has(TenantId clinic) {
        return handle.createQuery("select 1 from tenant where id = :id")
                .bind("id", clinic.value())
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /** Takes a part in, beside the tables. @return how many rows */
    long stage(Part part, InputStream rows) throws IOException {
        if (CARRIED.stream().noneMatch(one -> one.getKey().equals(part.table()))) {
            throw doesNotFit(part, null);
        }
        try {
            handle.execute("create temp table " + stagedName(part) + " on commit drop as select " + names(part)
                    + " from " + Tables.quoted(part.table()) + " with no data");
        } catch (UnableToExecuteStatementException otherColumns) {
            throw doesNotFit(part, otherColumns);
        }
        staged.add(part);
        return Tables.copyIn(Tables.copying(handle), stagedName(part), part, rows);
    }

    /**
     * Puts what was taken in among the rows that are there. What is everybody's may be there already, and is the same then.
     *
     * @throws BackupRefusedException when it is not: the installation has a history of its own
     */
    void merge(long revision) {
        for (var part : staged) {
            var names = names(part);
            var table = Tables.quoted(part.table());
            try {
                handle.execute("insert into " + table + " (" + names + ") select " + names + " from "
                        + stagedName(part) + " on conflict do nothing");
            } catch (UnableToExecuteStatementException otherColumns) {
                throw doesNotFit(part, otherColumns);
            }
            if (handle.createQuery("select 1 from (select " + names + " from " + stagedName(part) + " except select "
                    + names + " from " + table + ") other limit 1").mapTo(int.class).findOne().isPresent()) {
                throw new BackupRefusedException("This installation has a history of its own: its table '"
                        + part.table()
                        + "' says something else than the backup; right would be a folder in which no server was started yet");
            }
        }
        handle.createUpdate("update revision set value = greatest(value, :revision)")
                .bind("revision", revision)
                .execute();
    }

    private static BackupRefusedException doesNotFit(Part part, @Nullable Exception cause) {
        return new BackupRefusedException("Table '" + part.table()
                + "' of the backup does not fit the control database of this server; right would be the version of the server that made the backup",
                cause);
    }

    private static String stagedName(Part part) {
        return Tables.quoted("staged_" + part.table());
    }

    private static String names(Part part) {
        return part.columns().stream().map(column -> Tables.quoted(column.name())).collect(Collectors.joining(", "));
    }
}
