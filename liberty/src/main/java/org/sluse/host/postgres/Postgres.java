// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGProperty;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.key.Vault;

/** The cluster. Names given here come from {@code TenantId} and {@code PluginId}, never from a request. Thread-safe. */
@OnePerNode
public final class Postgres {

    private static final Logger LOG = Logger.getLogger(Postgres.class.getName());

    private final Optional<EmbeddedPostgres> embedded;
    private final Login administrator;
    private final String prefix;
    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService housekeeping = Executors.newScheduledThreadPool(2,
            Thread.ofPlatform().daemon().name("pools-", 0).factory());

    /**
     * Who connects.
     *
     * @param user role name
     * @param password of the role
     */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    @Inject
    Postgres(HostSettings settings, Vault vault) {
        if (settings.postgres().isPresent()) {
            var own = settings.postgres().get();
            this.embedded = Optional.empty();
            this.administrator = new Login(own.user(), own.password());
            this.prefix = own.url().substring(0, own.url().lastIndexOf('/') + 1);
        } else {
            this.administrator = new Login("postgres", vault.derive("postgres administrator"));
            try {
                var server = EmbeddedCluster.start(settings.dataDirectory().resolve("postgres"),
                        administrator.password());
                this.embedded = Optional.of(server);
                this.prefix = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/";
            } catch (IOException cannotStart) {
                var why = "PostgreSQL cannot start in '" + settings.dataDirectory().resolve("postgres") + "': "
                        + cannotStart.getMessage()
                        + "; the lines above say it in PostgreSQL's words; right would be a folder that this user owns, undamaged, on a disk with space";
                // The launcher shows this line to whoever started the server.
                LOG.severe("postgres-cannot-start reason=" + why);
                throw new IllegalStateException(why, cannotStart);
            }
        }
    }

    /** The login that may create databases and roles. For the control database and for creating clinics, nothing else. */
    public Login administrator() {
        return administrator;
    }

    /** Makes the database if it is not there. */
    public void createDatabase(String name) {
        try (var handle = open("postgres")) {
            if (handle.createQuery("select 1 from pg_database where datname = :name")
                    .bind("name", name)
                    .mapTo(int.class)
                    .findOne()
                    .isEmpty()) {
                handle.execute("create database \"" + name + "\"");
                handle.execute("revoke connect on database \"" + name + "\" from public");
            }
        }
    }

    /** A connection of the administrator's; to be closed by the caller. */
    public Handle open(String database) {
        return Jdbi.create(prefix + database, administrator.user(), administrator.password()).open();
    }

    /**
     * A connection of the administrator's that fails when the cluster says nothing for the patience, instead of waiting for ever; to be closed by the caller.
     */
    public Handle open(String database, Duration patience) {
        var properties = new Properties();
        properties.setProperty(PGProperty.USER.getName(), administrator.user());
        properties.setProperty(PGProperty.PASSWORD.getName(), administrator.password());
        for (var limit : List.of(PGProperty.SOCKET_TIMEOUT, PGProperty.CONNECT_TIMEOUT, PGProperty.LOGIN_TIMEOUT)) {
            properties.setProperty(limit.getName(), Long.toString(patience.toSeconds()));
        }
        return Jdbi.create(prefix + database, properties).open();
    }

    /** A pool that holds no idle connection for longer than a minute. Closed with the node. */
    public HikariDataSource pool(String database, Login login, int most) {
        return pool(database, login, most, new HikariConfig());
    }

    /** As {@link #pool(String, Login, int)}; a statement fails when the cluster says nothing for the patience. */
    public HikariDataSource pool(String database, Login login, int most, Duration patience) {
        var config = new HikariConfig();
        config.addDataSourceProperty(PGProperty.SOCKET_TIMEOUT.getName(), Long.toString(patience.toSeconds()));
        return pool(database, login, most, config);
    }

    private HikariDataSource pool(String database, Login login, int most, HikariConfig config) {
        config.setJdbcUrl(prefix + database);
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setIdleTimeout(60_000);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        config.setPoolName(database);
        // One for all: a thread for each pool would be one for each clinic.
        config.setScheduledExecutor(housekeeping);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    @PreDestroy
    void stop() {
        pools.forEach(HikariDataSource::close);
        housekeeping.shutdownNow();
        embedded.ifPresent(EmbeddedCluster::stop);
    }
}
