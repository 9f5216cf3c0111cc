// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sluse.host.config.HostSettings;
import org.sluse.problem.ProblemException;

/**
 * The locations of this installation, as its operator has set them, and which of them this node serves. The first has the cluster of {@code sluse.postgres.*}, with the control database in it. Immutable.
 */
public final class Locations {

    /** Where data rests that nobody has placed elsewhere: the one location whose country need not be set. */
    private static final String DEFAULT = "frankfurt";
    private static final String COUNTRY_OF_DEFAULT = "DE";

    private final List<Location> all;
    private final Location own;
    private final boolean makesBackups;

    private Locations(List<Location> all, Location own, boolean makesBackups) {
        this.all = List.copyOf(all);
        this.own = own;
        this.makesBackups = makesBackups;
    }

    /**
     * Reads the settings, see server-config.
     *
     * @param settings by name; empty when it is not set
     * @param own name of the node's own location
     * @throws IllegalArgumentException when they are not as they should be: what is wrong, and what would be right
     */
    public static Locations of(Function<String, Optional<String>> settings, String own) {
        var names = list(settings, "sluse.locations");
        var all = (names.isEmpty() ? List.of(own) : names).stream().map(name -> location(settings, name)).toList();
        var ids = new HashSet<String>();
        all.stream().filter(one -> !ids.add(one.id())).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException(
                    "sluse.locations names '" + twice.name() + "' twice; right would be once");
        });
        // Who tries it says so with the setting that allows the same disk, and has no other place.
        var makesBackups = settings.apply("sluse.backup.place")
                .filter(place -> isCloud(place)
                        || !settings.apply("sluse.backup.same-disk").map(Boolean::parseBoolean).orElse(false))
                .isPresent();
        var self = all.stream()
                .filter(one -> one.is(own))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sluse.location is '" + own
                        + "', which sluse.locations does not name; right would be one of " + names(all)));
        var locations = new Locations(all, self, makesBackups);
        all.forEach(locations::check);
        if (makesBackups) {
            settings.apply("sluse.backup.place")
                    .filter(Locations::isCloud)
                    .ifPresent(place -> locations.checkCloud(place, settings));
        }
        if (!locations.keepsClinics(self)) {
            throw new IllegalArgumentException("sluse.location is '" + own
                    + "', which has no PostgreSQL; right would be " + key(self.id(), "postgres.url")
                    + ", or a location that has one");
        }
        return locations;
    }

    private static Location location(Function<String, Optional<String>> settings, String name) {
        var id = Location.idOf(name);
        var country = settings.apply(key(id, "country"))
                .map(String::strip)
                .or(() -> id.equals(DEFAULT) ? Optional.of(COUNTRY_OF_DEFAULT) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("The country of location '" + name
                        + "' is missing; right would be " + key(id, "country")
                        + ", two capital letters (ISO 3166-1), for example NO"));
        var cluster = settings.apply(key(id, "postgres.url"))
                .map(url -> new HostSettings.Postgres(url, required(settings, key(id, "postgres.user")),
                        required(settings, key(id, "postgres.password"))));
        return new Location(name, country, list(settings, key(id, "recipients")), cluster,
                settings.apply(key(id, "backups-in")).map(Location::idOf));
    }

    private void check(Location one) {
        one.backupsIn().filter(id -> find(id).isEmpty()).ifPresent(unknown -> {
            throw new IllegalArgumentException(key(one.id(), "backups-in") + " is '" + unknown
                    + "', which is no location; right would be one of " + names(all));
        });
        if (makesBackups && keepsClinics(one) && one.backupsIn().isEmpty()) {
            throw new IllegalArgumentException("Backups of location '" + one.name() + "' are made, but "
                    + key(one.id(), "backups-in")
                    + " does not say where sluse.backup.place lies; right would be the name of another location, which sluse.locations names too");
        }
    }

    private static boolean isCloud(String place) {
        return place.contains("://");
    }

    /**
     * A bucket is hosted by somebody, who is a recipient, and the country is what the vendor says of the region, not what the operator says of the location.
     *
     * @param address of the bucket, for example {@code s3://bucket/prefix}
     * @param settings of the operator, by their names
     * @throws IllegalArgumentException with a sentence when backups of this node's location may not go there
     */
    public void checkCloud(String address, Function<String, Optional<String>> settings) {
        // Somebody may have put what opens the bucket into its address.
        var place = address.strip().replaceFirst("//[^/]*@", "//...@");
        var there = own.backupsIn()
                .flatMap(this::find)
                .orElseThrow(() -> new IllegalArgumentException("Backups go to '" + place + "', but "
                        + key(own.id(), "backups-in")
                        + " does not say where that lies; right would be the name of another location, which sluse.locations names too"));
        if (there.hosts().isEmpty()) {
            throw new IllegalArgumentException("Backups go to '" + place + "', and nobody hosts at location '"
                    + there.name() + "'; right would be " + key(there.id(), "recipients")
                    + " with the id of who runs that store, and what sluse.recipient.ID says of it");
        }
        country(place, settings).filter(country -> !country.equals(there.country())).ifPresent(country -> {
            throw new IllegalArgumentException("The region of '" + place + "' lies in " + country
                    + ", and location '" + there.name() + "' in " + there.country() + "; right would be "
                    + key(own.id(), "backups-in") + " of a location in " + country + ", or a bucket in "
                    + there.country());
        });
    }

    /** By the region; empty for a store of somebody's own, of which the operator alone knows. */
    private static Optional<String> country(String place, Function<String, Optional<String>> settings) {
        if (place.startsWith("gs://")) {
            var region = settings.apply("sluse.backup.gs.region")
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Setting 'sluse.backup.gs.region' is missing; right would be where the bucket of '" + place
                                    + "' lies, for example europe-north1"));
            return Optional.of(Regions.google("sluse.backup.gs.region", region.strip()));
        }
        var ownStore = settings.apply("sluse.backup.s3.endpoint")
                .map(String::strip)
                .filter(endpoint -> !endpoint.isEmpty()
                        && !endpoint.matches("(?i).*\\.amazonaws\\.com(\\.cn)?(:\\d+)?/?"))
                .isPresent();
        return ownStore
                ? Optional.empty()
                : settings.apply("sluse.backup.s3.region")
                        .map(region -> Regions.amazon("sluse.backup.s3.region", region.strip()));
    }

    private static String required(Function<String, Optional<String>> settings, String key) {
        return settings.apply(key)
                .orElseThrow(() -> new IllegalArgumentException("Setting '" + key
                        + "' is missing; right would be a role of that PostgreSQL that may create databases and roles, and its password"));
    }

    private static List<String> list(Function<String, Optional<String>> settings, String key) {
        return settings.apply(key)
                .map(text -> Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList())
                .orElse(List.of());
    }

    private static String key(String id, String name) {
        return "sluse.location." + id + "." + name;
    }

    private static String names(List<Location> locations) {
        return locations.stream().map(Location::id).collect(Collectors.joining(", "));
    }

    /** All of them, those too where only backups lie, in the order of the settings. */
    public List<Location> all() {
        return all;
    }

    /** That of this node. */
    public Location own() {
        return own;
    }

    /** Whether data of clinics can rest there, and not only backups. */
    public boolean keepsClinics(Location location) {
        return location.cluster().isPresent() || location.equals(all.getFirst());
    }

    /** The location of this name, or id. */
    public Optional<Location> find(String nameOrId) {
        return all.stream().filter(one -> one.is(nameOrId)).findFirst();
    }

    /** As {@link #find}, of one where clinics' data can rest. @throws ProblemException {@code problem/not-allowed-value}, with the list */
    public Location require(String nameOrId) {
        return find(nameOrId).filter(this::keepsClinics)
                .orElseThrow(() -> refused("Clinics' data cannot rest in '" + nameOrId + "'; right would be one of "
                        + names(all.stream().filter(this::keepsClinics).toList())));
    }

    /** As {@link #require}, of that of this node: another location's clinic is opened by a node that can reach its database. */
    public Location requireOwn(String nameOrId) {
        var location = require(nameOrId);
        if (!location.equals(own)) {
            throw refused("This node keeps data in " + own.name() + "; right would be to open the clinic on a node of "
                    + location.name());
        }
        return location;
    }

    private static ProblemException refused(String why) {
        return ProblemException.notAllowed("/location", "location", why);
    }

    /** Where the data and the backups of a clinic of this location rest. */
    public Placement placement(Location location) {
        return new Placement(location,
                makesBackups ? location.backupsIn().flatMap(this::find) : Optional.<Location>empty());
    }
}
