// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.sluse.benchmark.unruly.Unruly;

/**
 * How long it takes to bring a clinic with 1 GB up elsewhere with proof, by the commands that an operator has: the RTO that {@code sluse restore} prints. It counts the start of a new server and of its PostgreSQL (fsync on),
 * the rows, the indexes, the foreign keys, and reading all of it out again. Nobody else offers this, so that there is no peer.
 */
final class Restore implements Measurement {

    private static final int ROWS = 1_000_000;
    /** Of text in each row's JSON. */
    private static final String FILL = """
            insert into unruly.thing
            select gen_random_uuid(), now(), jsonb_build_object('resourceType', 'Observation', 'note', repeat(md5(n::text), 30))
            from generate_series(1, %d) n"""
            .formatted(ROWS);
    private static final Pattern RTO = Pattern.compile("(?m)^RTO (\\d+\\.\\d+) s$");
    /** Clinic, backup, rows, bytes and milliseconds. */
    private static final Pattern RESTORED = Pattern.compile("(?m)^north\t\\S+\t(\\d+)\t(\\d+)\t\\d+$");
    private static final long GIGABYTE = 1_000_000_000;

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public List<Line> measure() {
        var place = temporary("sluse-backups");
        var keys = temporary("sluse-keys");
        var into = temporary("sluse-restored");
        try {
            backUp(place, keys);
            PluginJar.write(into, "unruly", Unruly.class, Unruly.TABLES);
            try {
                var told = Server.sluse("restore", place.toString(), "--keys", keys.toString(), "--into",
                        into.toString(), "--port", Integer.toString(Processes.freePort()));
                return List.of(Line.alone(name(), rto(told), "s"));
            } finally {
                Server.sluse("stop", "--data", into.toString());
            }
        } finally {
            List.of(place, keys, into).forEach(Processes::delete);
        }
    }

    /** @param keys gets what is in no backup */
    private static void backUp(Path place, Path keys) {
        try (var server = Servers.start(1, "sluse.backup.same-disk=true",
                data -> PluginJar.write(data, "unruly", Unruly.class, Unruly.TABLES))) {
            server.operate("POST", "/tenants", "{\"name\": \"North\"}");
            server.operate("PUT", "/tenants/north/plugins/unruly", "{\"on\": true}");
            server.execute("t_north", FILL);
            var data = server.data();
            Server.sluse("backup", "--to", place.toString(), "--data", data.toString());
            for (var key : List.of("root.json", "backup.json", "log.key")) {
                Files.copy(data.resolve("keys").resolve(key), keys.resolve(key));
            }
        } catch (IOException notCopied) {
            throw new UncheckedIOException(notCopied);
        }
    }

    private static double rto(String told) {
        var restored = RESTORED.matcher(told);
        var rto = RTO.matcher(told);
        if (!restored.find() || !rto.find() || Long.parseLong(restored.group(1)) < ROWS
                || Long.parseLong(restored.group(2)) < GIGABYTE) {
            throw new IllegalStateException("This is not the restore of " + ROWS + " rows: " + told);
        }
        return Double.parseDouble(rto.group(1));
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
