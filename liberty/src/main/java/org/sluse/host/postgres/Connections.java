// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.sluse.host.postgres.Postgres.Login;

/**
 * Connections to many databases, of which the cluster has to bear a limited number however many databases there are. One that nobody uses is given up as soon as another
 * database needs its place, or after a while. Thread-safe; who asks waits for a place.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Connections.class.getName());
    /** Between two uses in quick succession nobody asks whether the connection still stands. */
    private static final Duration TRUSTED = Duration.ofMillis(500);
    private static final int SECONDS_TO_ANSWER = 2;

    private final GenericKeyedObjectPool<Target, Line> pool;

    /** Where to, and as whom. */
    private record Target(String url, Login login) {}

    /**
     * How many there may be.
     *
     * @param inAll at most over all databases
     * @param each at most to one database
     * @param patience how long somebody waits for a place
     * @param idle how long an unused one is kept
     */
    record Limits(int inAll, int each, Duration patience, Duration idle) {}

    Connections(Limits limits) {
        var config = new GenericKeyedObjectPoolConfig<Line>();
        config.setMaxTotal(limits.inAll());
        config.setMaxTotalPerKey(limits.each());
        config.setMaxIdlePerKey(limits.each());
        config.setMaxWait(limits.patience());
        config.setMinEvictableIdleDuration(limits.idle());
        config.setTimeBetweenEvictionRuns(limits.idle().dividedBy(4));
        // Each that has been idle for too long, however many.
        config.setNumTestsPerEvictionRun(-1);
        config.setJmxEnabled(false);
        this.pool = new GenericKeyedObjectPool<>(new Lines(), config);
    }

    /** The database at this JDBC address as this login; nothing is opened before somebody asks for a connection. */
    DataSource to(String url, Login login) {
        var target = new Target(url, login);
        return new ConnectionSource(() -> lend(target));
    }

    /** Closes what is idle of them. */
    void forget(String url, Login login) {
        pool.clear(new Target(url, login));
    }

    /** How many are open now, used or not. */
    int open() {
        return pool.getNumActive() + pool.getNumIdle();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** One that stands. What the cluster has closed since it was used last is found and thrown away, one after the other. */
    private Connection lend(Target target) throws SQLException {
        while (true) {
            var line = borrow(target);
            try {
                var lent = line.open.getConnection();
                if (line.isTrusted() || lent.isValid(SECONDS_TO_ANSWER)) {
                    return lent;
                }
            } catch (SQLException closed) {
                // Not even lent: whatever closed it has not told the driver.
                LOG.log(Level.FINE, "connection-closed state={0}", closed.getSQLState());
            }
            line.giveUp();
        }
    }

    private Line borrow(Target target) throws SQLException {
        try {
            return pool.borrowObject(target);
        } catch (NoSuchElementException none) {
            throw new SQLTransientConnectionException("No connection became free in time", none);
        } catch (SQLException | RuntimeException failed) {
            throw failed;
        } catch (Exception interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection", interrupted);
        }
    }

    /** An open connection. The driver lends it out, rolls back what was left open when it comes back, and says so here. */
    private final class Line implements ConnectionEventListener {

        private final Target target;
        private final PooledConnection open;
        private volatile long usedAt = System.nanoTime();
        private volatile boolean broken;

        Line(Target target, PooledConnection open) {
            this.target = target;
            this.open = open;
            open.addConnectionEventListener(this);
        }

        boolean isTrusted() {
            return System.nanoTime() - usedAt < TRUSTED.toNanos();
        }

        /** Closes it and gives its place to the next; what it was lent for is told by the driver no more. */
        void giveUp() {
            open.removeConnectionEventListener(this);
            try {
                pool.invalidateObject(target, this);
            } catch (Exception cannotClose) {
                LOG.log(Level.WARNING, "connection-not-closed cause={0}", cannotClose.getClass().getName());
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent fatal) {
            broken = true;
        }

        @Override
        public void connectionClosed(ConnectionEvent back) {
            usedAt = System.nanoTime();
            if (broken) {
                giveUp();
            } else {
                pool.returnObject(target, this);
            }
        }
    }

    private final class Lines extends BaseKeyedPooledObjectFactory<Target, Line> {

        @Override
        public Line create(Target target) throws SQLException {
            var source = new PGConnectionPoolDataSource();
            source.setUrl(target.url());
            source.setUser(target.login().user());
            source.setPassword(target.login().password());
            return new Line(target, source.getPooledConnection());
        }

        @Override
        public PooledObject<Line> wrap(Line line) {
            return new DefaultPooledObject<>(line);
        }

        @Override
        public void destroyObject(Target target, PooledObject<Line> one) throws SQLException {
            one.getObject().open.close();
        }
    }
}
