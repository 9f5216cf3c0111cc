// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.key.Vault;

/** A cluster: that of the installation, or one that a location has of its own ({@link Clusters}). Names given here come from {@code TenantId} and {@code PluginId}, never from a request. Thread-safe. */
@OnePerNode
public final class Postgres {

    private static final Logger LOG = Logger.getLogger(Postgres.class.getName());

    private static final int TO_ONE_CLINIC = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(1);

    private final Optional<EmbeddedCluster> embedded;
    private final Login administrator;
    private final ClusterAddress address;
    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
    private final Connections clinics;

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

    /** A location's own. @param setting that has the address, for who has to mend it */
    Postgres(HostSettings.Postgres own, String setting, int connections) {
        this.clinics = clinics(connections);
        this.embedded = Optional.empty();
        this.administrator = new Login(own.user(), own.password());
        this.address = address(setting, own.url());
    }

    @Inject
    Postgres(HostSettings settings, Vault vault) {
        this.clinics = clinics(settings.connections());
        if (settings.postgres().isPresent()) {
            var own = settings.postgres().get();
            this.embedded = Optional.empty();
            this.administrator = new Login(own.user(), own.password());
            this.address = address("sluse.postgres.url", own.url());
        } else {
            this.administrator = new Login("postgres", vault.derive("postgres administrator"));
            try {
                var server = EmbeddedCluster.start(settings.dataDirectory().resolve("postgres"),
                        administrator.password());
                this.embedded = Optional.of(server);
                this.address = new ClusterAddress("sluse.postgres.url",
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres");
            } catch (IOException cannotStart) {
                var why = "PostgreSQL cannot start in '" + settings.dataDirectory().resolve("postgres") + "': "
                        + cannotStart.getMessage()
                        + "; the lines above say it in PostgreSQL's words; right would be a folder that this user owns, undamaged, on a disk with space";
                throw refused(why, cannotStart);
            }
        }
    }

    private static Connections clinics(int connections) {
        return new Connections(new Connections.Limits(connections, TO_ONE_CLINIC, PATIENCE, UNTIL_CLOSED));
    }

    private static ClusterAddress address(String setting, String url) {
        try {
            return new ClusterAddress(setting, url);
        } catch (IllegalArgumentException notAllowed) {
            throw refused(String.valueOf(notAllowed.getMessage()), notAllowed);
        }
    }

    /** The launcher shows the line to whoever started the server. */
    private static IllegalStateException refused(String why, Exception cause) {
        LOG.severe("postgres-cannot-start reason=" + why);
        return new IllegalStateException(why, cause);
    }

    /** The login that may create databases and roles. For that, and to migrate the control database; it serves nothing. */
    public Login administrator() {
        return administrator;
    }

    /**
     * Makes the login if it is not there. It has no rights but those that it is given, and takes those of a role only when it says so. The administrator has what it has, and needs to be no superuser.
     */
    public void createLogin(Login login) {
        try (var handle = open("postgres")) {
            handle.useTransaction(own -> {
                // One node creates at a time; the others wait and find it done.
                own.execute("select pg_advisory_xact_lock(hashtext('sluse-roles'))");
                if (own.createQuery("select 1 from pg_roles where rolname = :name")
                        .bind("name", login.user())
                        .mapTo(int.class)
                        .findOne()
                        .isEmpty()) {
                    own.execute("create role \"" + login.user() + "\" login noinherit password '" + login.password()
                            + "'");
                    own.execute("grant \"" + login.user() + "\" to current_user");
                }
            });
        }
    }

    /** Connections that are made when they are asked for, and not kept. */
    public DataSource connections(String database, Login login) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.database(database));
        source.setUser(login.user());
        source.setPassword(login.password());
        return source;
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
        return Jdbi.create(address.database(database), administrator.user(), administrator.password()).open();
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
        return Jdbi.create(address.database(database), properties).open();
    }

    /**
     * Connections to a clinic's database, at most ten at once, and over all clinics as many as the operator allows ({@link HostSettings#connections}): who asks for one more waits
     * five seconds at most. One that is idle is closed after a minute, or when another clinic needs its place.
     */
    public DataSource clinic(String database, Login login) {
        return clinics.to(address.database(database), login);
    }

    /** A pool that holds no idle connection for longer than a minute. A statement fails when the cluster says nothing for the patience. Closed with the node. */
    public HikariDataSource pool(String database, Login login, int most, Duration patience) {
        var config = new HikariConfig();
        config.addDataSourceProperty(PGProperty.SOCKET_TIMEOUT.getName(), Long.toString(patience.toSeconds()));
        config.setJdbcUrl(address.database(database));
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setIdleTimeout(60_000);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        config.setPoolName(database);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** Closes what is idle of a clinic's connections: its database is about to be dropped. */
    public void forget(String database, Login login) {
        clinics.forget(address.database(database), login);
    }

    @PreDestroy
    void stop() {
        pools.forEach(HikariDataSource::close);
        clinics.close();
        embedded.ifPresent(EmbeddedCluster::stop);
    }
}
