// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import java.net.URI;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sluse.host.outgoing.AddressPolicy;

/**
 * Where an operator's own PostgreSQL is.
 *
 * @param setting that has it
 * @param url JDBC address of one of its databases, for example {@code jdbc:postgresql://db.example:5432/postgres?sslmode=verify-full&sslrootcert=/etc/sluse/ca.pem}. What is not on
 *            this machine is spoken to by TLS with a certificate that is verified for its name
 */
record ClusterAddress(String setting, String url) {

    private static final Pattern FORM = Pattern
            .compile("(?<before>jdbc:postgresql://(?<hosts>[^/?]+)/)(?<database>[^?]*)(?<options>\\?.*)?");
    /** The one mode that looks at the name too (PostgreSQL, 32.19.1). */
    private static final Pattern VERIFIED = Pattern.compile("[?&]sslmode=verify-full(&|$)");

    ClusterAddress {
        var parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    setting + " is no address of a PostgreSQL; right would be jdbc:postgresql://HOST:PORT/DATABASE");
        }
        if (!onThisMachine(parts.group("hosts")) && !VERIFIED.matcher(options(parts)).find()) {
            throw new IllegalArgumentException(setting + " would speak to " + parts.group("hosts")
                    + " without looking who answers; right would be ?sslmode=verify-full&sslrootcert=FILE, where FILE has its authority, or &sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory instead of it for one that Java trusts");
        }
    }

    /** The same for another database of the cluster. */
    String database(String name) {
        var parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw new IllegalStateException(url);
        }
        return parts.group("before") + name + options(parts);
    }

    private static String options(Matcher parts) {
        var options = parts.group("options");
        return options == null ? "" : options;
    }

    /** @param hosts one, or several that stand in for each other, each perhaps with a port */
    private static boolean onThisMachine(String hosts) {
        return Arrays.stream(hosts.split(","))
                .allMatch(host -> AddressPolicy.isThisMachine(URI.create("tls://" + host)));
    }
}
