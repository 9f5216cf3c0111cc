// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.List;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.tenant.TenantId;

/**
 * What is left of a clinic at the place of its backups when it has left: its certificate, sealed as a backup is, in the folder {@code CLINIC@left}. Whoever finds an older backup of it cannot bring it up there. Thread-safe.
 */
final class Left {

    private final Place place;
    private final BackupKeys keys;
    private final ObjectMapper json;
    private final ControlDatabase control;

    Left(Place place, BackupKeys keys, ObjectMapper json, ControlDatabase control) {
        this.place = place;
        this.keys = keys;
        this.json = json;
        this.control = control;
    }

    /** Leaves the certificate, which has been issued. @param installation which root key this is; no secret */
    void mark(TenantId clinic, Header header, String installation) throws IOException {
        Backup.write(place, keys, json, header, parts -> new Contents(installation, "", "", 0, List.of(),
                ControlRows.writeCertificate(control, clinic, parts), List.of()));
    }

    /**
     * Comes back when the clinic has not left. What the place knows of it this installation knows then too.
     *
     * @throws BackupRefusedException when it has
     */
    void refuse(TenantId clinic) {
        try {
            var mark = Backup.newest(place, keys, json, folder(clinic));
            if (mark.isPresent()) {
                take(clinic, mark.get());
            }
        } catch (BackupRefusedException unreadable) {
            throw new BackupRefusedException("The place has the mark of a clinic that left, '" + folder(clinic)
                    + "', and it cannot be read (" + unreadable.getMessage()
                    + "); right would be to find out who wrote it, and to remove it only when the clinic '" + clinic
                    + "' has not left", unreadable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (control.read(handle -> handle.createQuery("select 1 from off_boarding where tenant = :tenant")
                .bind("tenant", clinic.value())
                .mapTo(int.class)
                .findOne()
                .isPresent())) {
            throw new BackupRefusedException("The clinic '" + clinic
                    + "' is being off-boarded, which goes on by itself once this server runs. It is not brought back");
        }
        control.read(handle -> handle
                .createQuery("select id::text, issued_at from off_boarding_certificate where tenant = :tenant")
                .bind("tenant", clinic.value())
                .map((row, context) -> "The clinic '" + clinic + "' was off-boarded on "
                        + row.getTimestamp(2).toInstant().atOffset(ZoneOffset.UTC).toLocalDate()
                        + ", and its keys were destroyed; certificate '" + row.getString(1)
                        + "' says so. It is not brought back")
                .findOne()).ifPresent(why -> {
                    throw new BackupRefusedException(why);
                });
    }

    private void take(TenantId clinic, Backup mark) {
        control.inTransaction(Act.of("CREATE", "OffBoarding", clinic.value()).at(clinic), handle -> {
            var rows = new ControlRows(handle);
            try {
                mark.read(rows::stage);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            rows.merge(0);
        });
    }

    /** No clinic has such an id. */
    static String folder(TenantId clinic) {
        return clinic.value() + "@left";
    }
}
