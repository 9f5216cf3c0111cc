// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Versions of resources as rows, and the index by which the present version is found. Works in whatever transaction the handle has. */
final class SandboxStore {

    private SandboxStore() {}

    /** @param content the resource as JSON, without id and version */
    record Stored(String type, String id, int version, Instant at, String content) {}

    /** One thing that a resource is found by, for example parameter {@code identifier} and value {@code urn:oid:1.2|17}. */
    record Key(String parameter, String value) {}

    /** From here to the end of the transaction nobody else writes: what was not found stays not there. */
    static void lock(Handle handle) {
        handle.execute("lock table sandbox_version in share row exclusive mode");
    }

    static void add(Handle handle, Stored stored, List<Key> keys) {
        handle.createUpdate(
                "insert into sandbox_version (type, id, version, at, content) values (:type, :id, :version, :at, cast(:content as jsonb))")
                .bind("type", stored.type())
                .bind("id", stored.id())
                .bind("version", stored.version())
                .bind("at", stored.at())
                .bind("content", stored.content())
                .execute();
        handle.createUpdate("delete from sandbox_index where type = :type and id = :id")
                .bind("type", stored.type())
                .bind("id", stored.id())
                .execute();
        for (var key : keys) {
            handle.createUpdate(
                    "insert into sandbox_index (type, id, parameter, value) values (:type, :id, :parameter, :value) on conflict do nothing")
                    .bind("type", stored.type())
                    .bind("id", stored.id())
                    .bind("parameter", key.parameter())
                    .bind("value", key.value())
                    .execute();
        }
    }

    static Optional<Stored> find(Handle handle, String type, String id) {
        return history(handle, type, id).stream().findFirst();
    }

    /** All versions, the newest first. */
    static List<Stored> history(Handle handle, String type, String id) {
        return handle.createQuery("select * from sandbox_version where type = :type and id = :id order by version desc")
                .bind("type", type)
                .bind("id", id)
                .map((row, ctx) -> stored(row))
                .list();
    }

    /** Those that have every key. */
    static List<Stored> search(Handle handle, String type, List<Key> keys) {
        var sql = new StringBuilder("""
                select distinct on (one.id) one.* from sandbox_version one where one.type = :type""");
        for (var i = 0; i < keys.size(); i++) {
            sql.append(
                    " and exists (select 1 from sandbox_index i where i.type = one.type and i.id = one.id and i.parameter = :p")
                    .append(i)
                    .append(" and i.value = :v")
                    .append(i)
                    .append(')');
        }
        var query = handle.createQuery(sql.append(" order by one.id, one.version desc limit 1000").toString())
                .bind("type", type);
        for (var i = 0; i < keys.size(); i++) {
            query.bind("p" + i, keys.get(i).parameter()).bind("v" + i, keys.get(i).value());
        }
        return query.map((row, ctx) -> stored(row)).list();
    }

    /** What arrived, the newest first. */
    static List<Stored> newest(Handle handle) {
        return handle.createQuery("select * from sandbox_version order by at desc, type, id limit 100")
                .map((row, ctx) -> stored(row))
                .list();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getString("type"), row.getString("id"), row.getInt("version"),
                row.getTimestamp("at").toInstant(), row.getString("content"));
    }
}
