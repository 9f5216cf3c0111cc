// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.host.register.Eea;

/**
 * Where the data of a clinic rests, and where its backups do.
 *
 * @param location of the data
 * @param backups of the backups; absent: the operator makes none by itself, or only tries it
 */
public record Placement(Location location, Optional<Location> backups) {

    /** Where data, or a backup of it, rests outside the EEA; mostly nowhere. */
    public List<Location> outsideEea() {
        return Stream.concat(Stream.of(location), backups.stream())
                .distinct()
                .filter(one -> !Eea.contains(one.country()))
                .toList();
    }

    /** Whether who loses the place loses the backups with it. */
    public boolean hasBackupsBesideData() {
        return backups.filter(location::equals).isPresent();
    }

    /** Ids of the recipients who host or run something at either place. */
    public List<String> hosts() {
        return Stream.concat(location.hosts().stream(), backups.stream().flatMap(one -> one.hosts().stream()))
                .distinct()
                .toList();
    }
}
