// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.id.Ids;
import org.sluse.tenant.TenantId;

/** Backups in a folder, for tests of other packages. */
public final class TestBackups {

    /** As a node writes records. */
    public static final ObjectMapper JSON = BackupTest.JSON;

    private TestBackups() {}

    /** The operator's place is the folder, which has the key too. */
    public static Backups in(Path folder, TenantDatabases databases, ControlDatabase control, Ids ids, Clock clock) {
        return at(folder, folder, databases, control, ids, clock);
    }

    /** The operator's place is another folder than that with the key. */
    public static Backups at(Path place, Path folder, TenantDatabases databases, ControlDatabase control, Ids ids,
            Clock clock) {
        var settings = new BackupSettings(Optional.of(place.toString()), true, Duration.ofDays(14));
        return new Backups(BackupTest.folders(settings, folder), settings, BackupKeys.of(folder), "this one", databases,
                control, new BackupStore(control), none -> false, JSON, ids, clock);
    }

    /** Brings a clinic's newest backup up, or throws what an operator would read. */
    public static void restore(Path folder, TenantDatabases there, ControlDatabase control, TenantId clinic)
            throws java.io.IOException {
        var place = new FolderPlace(folder);
        var newest = Restorations.newest(place)
                .stream()
                .filter(one -> one.clinic().equals(clinic.value()))
                .findFirst()
                .orElseThrow();
        new Restorations(BackupKeys.of(folder), "this one", there, control, JSON).restore(place, clinic, newest.id());
    }
}
