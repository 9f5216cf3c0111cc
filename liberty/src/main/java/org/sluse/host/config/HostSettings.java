// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the operator sets for the node.
 *
 * @param dataDirectory {@code sluse.data-dir}, required: keys and, without {@code postgres}, the embedded database; written by this node only
 * @param publicUrl {@code sluse.public-url}, required: the address that people type, without a path; redirects to the identity provider and
 *            the check of {@code Origin} rest on it
 * @param postgres {@code sluse.postgres.url}, {@code .user}, {@code .password}: the operator's own cluster; absent: the embedded one
 * @param privateRecipients {@code sluse.disclosure.allow-private}: whether recipients may lie in private networks or on this machine and be
 *            spoken to without TLS; default false, true in the demo
 * @param notifies {@code sluse.control.notify}: whether nodes are woken by a notification of PostgreSQL when something is switched; default true, false where a pooler in
 *            between swallows it, and to measure without
 * @param connections {@code sluse.postgres.connections}: how many connections to databases of clinics this node has open at most, 10 to 10,000; default 100. The cluster must bear
 *            twenty more from each node
 * @param location {@code sluse.location}: where this node keeps data; default {@code Frankfurt}
 * @param witnessDirectory {@code sluse.witness}: the folder of the witness's files, meant to be on another disk or machine, where it is made by the
 *            operator; default {@code witness} in the data folder
 */
public record HostSettings(Path dataDirectory, URI publicUrl, Optional<Postgres> postgres, boolean privateRecipients,
        boolean notifies, int connections, String location, Path witnessDirectory) {

    public HostSettings {
        if (connections < 10 || connections > 10_000) {
            throw new IllegalArgumentException(
                    "sluse.postgres.connections is " + connections + "; right would be 10 to 10000");
        }
    }

    /** Whether the folder of the witness is the host's to make: the default one. One that the operator has named is there, or cannot be used. */
    public boolean isWitnessOwn() {
        return witnessDirectory.equals(dataDirectory.resolve("witness"));
    }

    /**
     * An operator's own PostgreSQL, version 15 or newer.
     *
     * @param url JDBC address of a database on the cluster, for example {@code jdbc:postgresql://db.example:5432/postgres}
     * @param user may create databases and roles
     * @param password of that user
     */
    public record Postgres(String url, String user, String password) {

        @Override
        public String toString() {
            return "Postgres[" + url + "]";
        }
    }
}
