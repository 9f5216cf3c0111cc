// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.host.backup.Restorations.Newest;
import org.sluse.tenant.TenantId;

/**
 * What {@code sluse restore} leaves in the data folder for the server that it starts: {@code restore.json} says which backups to bring up, {@code restored.json} what became of
 * it. Done before anything else of the node starts, so that the installation's history is the backup's from its first row on.
 */
public final class RestoreOrder {

    private static final Logger LOG = Logger.getLogger(RestoreOrder.class.getName());

    /** Of a chain of causes that is shown. */
    private static final int DEEPEST = 20;

    private final Path order;
    private final Path result;
    private final Places places;
    private final Restorations restorations;
    private final ObjectMapper json;
    private final Clock clock;

    RestoreOrder(Path dataFolder, Places places, Restorations restorations, ObjectMapper json, Clock clock) {
        this.order = dataFolder.resolve("restore.json");
        this.result = dataFolder.resolve("restored.json");
        this.places = places;
        this.restorations = restorations;
        this.json = json;
        this.clock = clock;
    }

    /**
     * An order.
     *
     * @param place where the backups lie: the absolute path of a folder, or a bucket
     * @param clinic the only one to bring up; absent: every one of the place
     * @param backup the id of its backup; absent: the newest one of each
     */
    record Order(String place, Optional<String> clinic, Optional<String> backup) {}

    /**
     * What became of it, or has so far.
     *
     * @param refused a sentence for each clinic that is not there, or one about all of them
     * @param inHand the clinic whose database is being made, or was last; absent before the first, and at the end
     */
    record Result(List<Restored> restored, List<String> refused, Optional<String> inHand) {}

    /** @param at of the snapshot: what was written later is lost */
    record Restored(String clinic, String backup, Instant at, long rows, long bytes, long millis) {}

    /** Does what is ordered, once; goes on where it was cut off. @throws IllegalStateException when nothing could be brought up */
    public void carryOut() {
        if (!Files.exists(order)) {
            return;
        }
        try {
            var done = carryOut(json.readValue(order.toFile(), Order.class), soFar());
            note(done);
            Files.delete(order);
            if (done.restored().isEmpty()) {
                throw new IllegalStateException("Nothing was restored: " + String.join(" ", done.refused()));
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private Result soFar() throws IOException {
        return Files.exists(result)
                ? json.readValue(result.toFile(), Result.class)
                : new Result(List.of(), List.of(), Optional.empty());
    }

    private void note(Result so) {
        try {
            var unfinished = result.resolveSibling(result.getFileName() + ".part");
            json.writeValue(unfinished.toFile(), so);
            Files.move(unfinished, result, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Result carryOut(Order wanted, Result soFar) {
        var restored = new ArrayList<>(soFar.restored());
        var refused = new ArrayList<String>();
        try {
            var place = places.toReadFrom(wanted.place());
            for (var one : which(place, wanted)) {
                if (restored.stream().anyMatch(done -> done.clinic().equals(one.clinic()))) {
                    continue;
                }
                try {
                    var clinic = Optional.of(one.clinic());
                    restored.add(restore(place, one, soFar.inHand().equals(clinic),
                            () -> note(new Result(restored, refused, clinic))));
                } catch (RuntimeException failed) {
                    refused.add(sentence(one, failed));
                }
            }
        } catch (BackupRefusedException nothing) {
            refused.add(String.valueOf(nothing.getMessage()));
        } catch (IOException unreadable) {
            refused.add(String.valueOf(BackupRefusedException
                    .of(unreadable, "The backup place cannot be read: " + unreadable.getMessage())
                    .getMessage()));
        }
        return new Result(restored, refused, Optional.empty());
    }

    private static List<Newest> which(Place place, Order wanted) throws IOException {
        var newest = Restorations.newest(place);
        var chosen = newest.stream()
                .filter(one -> wanted.clinic().isEmpty() || wanted.clinic().get().equals(one.clinic()))
                .map(one -> new Newest(one.clinic(), wanted.backup().orElse(one.id())))
                .toList();
        if (chosen.isEmpty()) {
            throw new BackupRefusedException(wanted.clinic()
                    .map(clinic -> "There is no backup of a clinic '" + clinic
                            + "' at the place; right would be one of: "
                            + String.join(", ", newest.stream().map(Newest::clinic).toList()))
                    .orElse("There is no backup at the place; right would be the folder that sluse.backup.place names"));
        }
        return chosen;
    }

    /** @param again whether it was cut off at this clinic before @param begun told when something of the clinic is about to be there */
    private Restored restore(Place place, Newest one, boolean again, Runnable begun) {
        var from = clock.instant();
        var clinic = new TenantId(one.clinic());
        var manifest = again
                ? restorations.restoreAgain(place, clinic, one.id(), begun)
                : restorations.restore(place, clinic, one.id(), begun);
        return new Restored(one.clinic(), one.id(), manifest.header().at(), manifest.contents().rows(),
                manifest.contents().bytes(), Duration.between(from, clock.instant()).toMillis());
    }

    private static String sentence(Newest one, RuntimeException failed) {
        LOG.log(Level.SEVERE, "clinic-not-restored tenant=" + one.clinic() + " backup=" + one.id() + " cause="
                + (failed instanceof BackupRefusedException ? failed.getMessage() + " " : "") + chain(failed));
        return failed instanceof BackupRefusedException
                ? String.valueOf(failed.getMessage())
                : "Clinic '" + one.clinic() + "' could not be restored (" + failed.getClass().getSimpleName()
                        + "); logs/messages.log says more";
    }

    /** Never what an exception of the driver says, which quotes the rows that did not fit. */
    private static String chain(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .map(one -> one.getClass().getName()
                        + (one instanceof SQLException sql ? " (SQLSTATE " + sql.getSQLState() + ")" : ""))
                .collect(Collectors.joining(" < ", "[", "]"));
    }
}
