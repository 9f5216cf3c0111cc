// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sluse.host.config.HostSettings;

/**
 * A place where data of clinics, or their backups, may rest.
 *
 * @param name as people say it, for example {@code Frankfurt}, 1 to 40 printable characters, a letter or digit of ASCII among them
 * @param country ISO 3166-1 alpha-2, two capital letters, for example {@code DE}
 * @param hosts ids of the recipients who host or run something here ({@code sluse.recipient.ID.*}), in the order of the operator's settings
 * @param cluster the PostgreSQL cluster here; absent: that of the installation where this is its first location, and otherwise none, so that only backups lie here
 * @param backupsIn id of the location where backups of clinics of this one lie; absent: the operator has not said
 */
public record Location(String name, String country, List<String> hosts, Optional<HostSettings.Postgres> cluster,
        Optional<String> backupsIn) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int LONGEST = 40;

    public Location {
        hosts = List.copyOf(hosts);
        if (idOf(name).isEmpty() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A location's name is '" + name + "'; right would be 1 to " + LONGEST
                    + " printable characters, a letter of a to z or a digit among them, for example Frankfurt");
        }
        if (!COUNTRIES.contains(country)) {
            throw new IllegalArgumentException("The country of location '" + name + "' is '" + country
                    + "'; right would be two capital letters (ISO 3166-1), for example DE");
        }
    }

    /** The name as settings and commands have it: {@code Frankfurt am Main} is {@code frankfurt-am-main}. Two names with one id are one location. */
    public static String idOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** See {@link #idOf}. */
    public String id() {
        return idOf(name);
    }

    /** Whether this is the location of that name, or id. */
    public boolean is(String nameOrId) {
        return name.equals(nameOrId) || id().equals(idOf(nameOrId));
    }

    /** With its country, as papers name it: {@code Frankfurt (DE)}. */
    public String named() {
        return name + " (" + country + ")";
    }
}
