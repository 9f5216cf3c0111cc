// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.backup.Manifest.Part;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** Makes backups of clinics, reads each back before it counts, and removes those that are old. Thread-safe; blocks for as long as the data needs. */
public final class Backups {

    private static final Logger LOG = Logger.getLogger(Backups.class.getName());

    private final Places places;
    private final BackupSettings settings;
    private final BackupKeys keys;
    private final String installation;
    private final TenantDatabases databases;
    private final ControlDatabase control;
    private final BackupStore store;
    private final KeyCopies keyCopies;
    private final Predicate<TenantId> altered;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    /** @param installation which root key this is; no secret @param altered whose log is not as it was signed */
    Backups(Places places, BackupSettings settings, BackupKeys keys, String installation,
            TenantDatabases databases, ControlDatabase control, BackupStore store, Predicate<TenantId> altered,
            ObjectMapper json, Ids ids, Clock clock) {
        this.places = places;
        this.settings = settings;
        this.keys = keys;
        this.installation = installation;
        this.databases = databases;
        this.control = control;
        this.store = store;
        this.altered = altered;
        this.keyCopies = new KeyCopies(keys, installation, databases, json, ids, clock);
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Says at the start what an operator should know before the first night. @throws IllegalStateException when the place could not outlast the data */
    public void start() {
        if (settings.place().isEmpty()) {
            LOG.warning(
                    "backup-place-missing reason=No backups are made; right would be sluse.backup.place, a folder on another disk");
            return;
        }
        refuseWhatCannotBeUsed();
        if (settings.sameDisk()) {
            LOG.warning(
                    "backup-place-on-same-disk reason=Who loses the disk of the data may lose the backups too; good enough to try it, for nothing else");
        } else if (places.isOnDiskOfData()) {
            var why = "sluse.backup.place lies on the disk of the data folder; right would be a folder on another disk or in another house";
            // The launcher shows this line to whoever started the server.
            LOG.severe("backup-place-refused reason=" + why);
            throw new IllegalStateException(why);
        }
    }

    private void refuseWhatCannotBeUsed() {
        try {
            places.inCloud().ifPresent(cloud -> LOG.info("backup-place place=" + cloud));
        } catch (BackupRefusedException why) {
            LOG.severe("backup-place-refused reason=" + why.getMessage());
            throw why;
        }
    }

    /** Whether there is a place where backups go by themselves. */
    boolean isSet() {
        return settings.place().isPresent();
    }

    /** Where this machine connects to for its backups, for an operator's firewall; empty for a folder, and for a bucket that nobody could get into. Asks nobody. */
    public Set<URI> addresses() {
        try {
            return places.inCloud().map(Place::addresses).orElse(Set.of());
        } catch (BackupRefusedException notSet) {
            return Set.of();
        }
    }

    /** The place where they go. @throws BackupRefusedException when it cannot be used now */
    Place place() {
        return places.own()
                .orElseThrow(() -> new BackupRefusedException(
                        "No place for backups is set; right would be --to, or sluse.backup.place in sluse.properties"));
    }

    /** The clinic's backup of this night: at the operator's place, the old ones there removed, unless one of them may be the last from before somebody altered the clinic's log. Why there is none is in the operator's log once a night, however often it is tried. */
    void nightly(TenantId tenant) {
        try {
            var place = place();
            make(tenant, place, true);
            if (mayRemove(tenant)) {
                removeOld(tenant, place);
            }
        } catch (RuntimeException failed) {
            store.notMadeTonight(tenant, reason(tenant, failed), clock.instant());
            throw failed;
        }
    }

    private boolean mayRemove(TenantId tenant) {
        try {
            if (!altered.test(tenant)) {
                return true;
            }
            LOG.severe("old-backups-kept tenant=" + tenant + " reason=the clinic's log is not as it was signed");
        } catch (RuntimeException notProved) {
            // The backup of tonight is made; the next night tries again.
            LOG.warning("old-backups-kept tenant=" + tenant + " reason=the clinic's log could not be proved cause="
                    + notProved.getClass().getName());
        }
        return false;
    }

    /**
     * Makes a backup now.
     *
     * @param address of another place than the operator's, where nothing is removed
     * @throws ProblemException {@code problem/conflict} with a sentence when it cannot be made
     */
    public Made now(TenantId tenant, Optional<String> address) {
        try {
            return make(tenant, address.map(places::toWriteTo).orElseGet(this::place), address.isEmpty());
        } catch (RuntimeException failed) {
            store.notMade(tenant, reason(tenant, failed));
            if (failed instanceof BackupRefusedException) {
                var problem = new ProblemException(Problem.CONFLICT, String.valueOf(failed.getMessage()));
                problem.initCause(failed);
                throw problem;
            }
            throw failed;
        }
    }

    /** Keys of the clinic were destroyed or are new: the copy of them at the operator's place is renewed now. What fails is told in the log, and the next night does it. */
    public void keysChanged(TenantId tenant) {
        if (isSet()) {
            try (var _ = writing(tenant)) {
                requireKey();
                var place = place();
                keepErased(tenant, place);
                keyCopies.renew(tenant, place);
            } catch (IOException | RuntimeException failed) {
                LOG.log(Level.SEVERE,
                        "key-copy-not-renewed tenant=" + tenant + " cause=" + failed.getClass().getName());
            }
        }
    }

    /**
     * Erases again whoever was erased and is in the clinic's database all the same, since the cluster was brought back to a moment before that: the copy of the keys at the operator's place knows them. Nothing where no
     * place is set.
     *
     * @throws ProblemException {@code problem/conflict} with a sentence when the clinic has left and came back in that way, or the place or the copy cannot be read now
     */
    public void eraseAgain(TenantId tenant) {
        if (isSet()) {
            atPlace(place -> {
                left(place).refuse(tenant);
                return eraseAgain(tenant, place);
            });
        }
    }

    private int eraseAgain(TenantId tenant, Place place) throws IOException {
        var persons = keyCopies.eraseAgain(tenant, place);
        if (persons > 0) {
            control.record(Act.of("DELETE", "Erasure", tenant.value()).toldTo(tenant));
        }
        return persons;
    }

    /** Before anything is written. The copy, which is replaced then, alone knows who was erased; one that nobody can read is replaced all the same. */
    private void keepErased(TenantId tenant, Place place) throws IOException {
        left(place).refuse(tenant);
        try {
            eraseAgain(tenant, place);
        } catch (BackupRefusedException unreadable) {
            LOG.severe("key-copy-not-read tenant=" + tenant + " reason=" + unreadable.getMessage());
        }
    }

    /**
     * What lies at the operator's place of a clinic.
     *
     * @param place its address; empty when none is set
     * @param backups how many
     * @param keyCopies how many copies of its keys
     */
    public record Stored(Optional<String> place, int backups, int keyCopies) {}

    /** What lies there now. @throws ProblemException {@code problem/conflict} with a sentence when the place cannot be used now */
    public Stored stored(TenantId tenant) {
        if (!isSet()) {
            return new Stored(Optional.empty(), 0, 0);
        }
        return atPlace(place -> new Stored(settings.place(), manifests(place, tenant.value()),
                manifests(place, KeyCopies.folder(tenant))));
    }

    private static int manifests(Place place, String folder) throws IOException {
        return (int) place.names(folder + "/").stream().filter(name -> name.endsWith(".manifest")).count();
    }

    /**
     * Of a clinic that is leaving: the copies of its keys are removed from the operator's place, then its backups. Doing it again does no harm.
     *
     * @param was what lay there, and where
     * @throws ProblemException {@code problem/conflict} with a sentence when the place cannot be used now, or is no longer the one where they lay
     */
    public void removeAll(TenantId tenant, Stored was) {
        if (!was.place().equals(settings.place())) {
            throw new ProblemException(Problem.CONFLICT, "The backups of clinic '" + tenant + "' lie at '"
                    + was.place().orElse("no place") + "', and sluse.backup.place is '"
                    + settings.place().orElse("not set")
                    + "' now; right would be the former, until they are removed");
        }
        if (isSet()) {
            atPlace(place -> {
                for (var folder : List.of(KeyCopies.folder(tenant), tenant.value())) {
                    // The manifest before the data: without it there is no backup.
                    for (var name : place.names(folder + "/").reversed()) {
                        place.remove(name);
                    }
                }
                return true;
            });
        }
    }

    /** Leaves the certificate of a clinic that has left at the operator's place, for restores elsewhere. Doing it again does no harm. @throws ProblemException as {@link #removeAll} */
    public void markLeft(TenantId tenant) {
        if (isSet()) {
            atPlace(place -> {
                requireKey();
                left(place).mark(tenant,
                        Header.of(Left.folder(tenant), clock.instant(), ids.next(), keys.id()), installation);
                return true;
            });
        }
    }

    private Left left(Place place) {
        return new Left(place, keys, json, control);
    }

    /** Work at a place. */
    private interface AtPlace<T> {
        T at(Place place) throws IOException;
    }

    private <T> T atPlace(AtPlace<T> work) {
        try {
            return work.at(place());
        } catch (IOException | UncheckedIOException | BackupRefusedException unusable) {
            var problem = new ProblemException(Problem.CONFLICT, unusable instanceof BackupRefusedException
                    ? String.valueOf(unusable.getMessage())
                    : "The backup place cannot be used now; right would be one that this user may read and write");
            problem.initCause(unusable);
            throw problem;
        }
    }

    private void requireKey() {
        if (store.key(keys.id()) != keys.id()) {
            throw new BackupRefusedException(
                    "keys/backup.json of this node is not that of the installation; right would be a copy of the file of the node that was started first");
        }
    }

    private static String reason(TenantId tenant, RuntimeException failed) {
        var refused = failed instanceof BackupRefusedException;
        LOG.log(Level.SEVERE, "backup-not-made tenant=" + tenant + " cause="
                + (refused ? failed.getMessage() : failed.getClass().getName()));
        return refused ? "backup-refused" : "backup-failed";
    }

    /** Nobody writes anything of a clinic to a place while it is off-boarded, and none is while somebody writes. @throws BackupRefusedException when it is */
    private ControlDatabase.Hold writing(TenantId tenant) {
        return control.share(hold(tenant))
                .orElseThrow(() -> new BackupRefusedException("The clinic '" + tenant
                        + "' is being off-boarded; right would be to keep what there is of it until that is over"));
    }

    /** What whoever off-boards a clinic holds, so that nothing of it is written meanwhile. */
    public static String hold(TenantId tenant) {
        return "backup " + tenant;
    }

    /** @param last whether it is the clinic's last good backup then */
    Made make(TenantId tenant, Place place, boolean last) {
        requireKey();
        var begun = System.nanoTime();
        var header = Header.of(tenant.value(), clock.instant(), ids.next(), keys.id());
        var whole = false;
        try (var _ = writing(tenant)) {
            // Before the data: nobody is in it whose key is in no copy.
            keepErased(tenant, place);
            Backup.write(place, keys, json, header, parts -> copy(tenant, parts));
            var contents = proved(place, header).contents();
            // After the data: whoever is in it has a key in the copy, unless they were erased. Without it the backup is none.
            keyCopies.renew(tenant, place);
            whole = true;
            var made = new Made(tenant.value(), header.id(), header.at(), contents.rows(), contents.bytes(),
                    (System.nanoTime() - begun) / 1_000_000);
            store.made(tenant, made, last);
            LOG.info("backup-made tenant=" + tenant + " backup=" + made.id() + " rows=" + made.rows() + " bytes="
                    + made.bytes() + " millis=" + made.millis());
            return made;
        } catch (IOException | UncheckedIOException unwritable) {
            throw BackupRefusedException.of(unwritable, "The backup cannot be written to '" + place + "': "
                    + unwritable.getMessage()
                    + "; right would be a folder that this user may write to, on a disk with space");
        } finally {
            if (!whole) {
                Backup.withdraw(place, header);
            }
        }
    }

    /** Writes one that counts as none: of a clinic on its way to another location. @throws BackupRefusedException when it cannot be written */
    Header onItsWay(TenantId tenant, Place place) {
        var header = Header.of(tenant.value(), clock.instant(), ids.next(), keys.id());
        try {
            Backup.write(place, keys, json, header, parts -> copy(tenant, parts));
            keyCopies.renew(tenant, place);
            return header;
        } catch (IOException | UncheckedIOException unwritable) {
            throw new BackupRefusedException("The clinic's data cannot be written to '" + place + "' on its way: "
                    + unwritable.getMessage() + "; right would be a disk with space", unwritable);
        }
    }

    private Contents copy(TenantId tenant, Backup.Parts parts) {
        return databases.snapshot(tenant, handle -> {
            var tables = new Tables(handle);
            // The first query takes the snapshot; all of it is as of here.
            var snapshot = tables.snapshot();
            var schemas = tables.schemas();
            var written = new ArrayList<Part>();
            try {
                for (var table : tables.tables()) {
                    written.add(parts.add(table, target -> tables.copyOut(table, target)));
                }
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            var positions = tables.positions();
            // Last: whatever revision a row of the clinic names is known to them.
            var rows = ControlRows.write(control, tenant, parts);
            written.addAll(rows.parts());
            return new Contents(installation, snapshot, rows.version(), rows.revision(), schemas, written, positions);
        });
    }

    /** Reads it back from the place. What cannot be read is no backup, and is not found when somebody looks for the newest. */
    private Manifest proved(Place place, Header header) throws IOException {
        var backup = Backup.open(place, keys, json, header.clinic(), header.id());
        backup.read((part, rows) -> {
        });
        return backup.manifest();
    }

    /** Those that are older than the operator keeps them, and what is left of those that were cut off. Only once there is a new one: a clinic never loses its last. */
    private void removeOld(TenantId tenant, Place place) {
        var eldest = clock.instant().minus(settings.keep());
        try {
            // The manifest before the data: without it there is no backup.
            for (var name : place.names(tenant.value() + "/").reversed()) {
                var id = name.replaceFirst("^.*/", "").replaceFirst("\\..*$", "");
                if (Manifest.isId(id) && Manifest.madeAt(id).isBefore(eldest)) {
                    place.remove(name);
                    if (name.endsWith(".data")) {
                        store.removed(tenant, id);
                    }
                }
            }
        } catch (IOException unreadable) {
            // The backup of tonight is made; the next night tries again.
            LOG.log(Level.WARNING, "old-backups-not-removed tenant=" + tenant + " cause=" + unreadable.getMessage());
        }
    }
}
