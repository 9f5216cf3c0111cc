// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections of one database that are used again: a new one costs PostgreSQL a process, which is more than most tests ask of it. Those of a database are given up when the next one is made. Thread-safe.
 */
final class KeptConnections implements ConnectionFactory {

    private static final AtomicReference<KeptConnections> NEWEST = new AtomicReference<>();

    private final DataSource database;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private KeptConnections(DataSource database) {
        this.database = database;
    }

    static KeptConnections of(DataSource database) throws SQLException {
        var kept = new KeptConnections(database);
        var before = NEWEST.getAndSet(kept);
        if (before != null) {
            before.giveUp();
        }
        return kept;
    }

    @Override
    public Connection openConnection() throws SQLException {
        var kept = idle.poll();
        return kept == null ? database.getConnection() : kept;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (NEWEST.get() == this && !connection.isClosed()) {
            idle.push(connection);
        } else {
            connection.close();
        }
    }

    private void giveUp() throws SQLException {
        for (var each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }
}
