// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.disclosure.Recipient;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secret;
import org.sluse.secret.Secrets;
import org.sluse.settings.Settings;
import org.sluse.timer.Timer;
import org.sluse.timer.Timers;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/**
 * The rooms of the bound tenant's sessions. A session gets one when the first of its people is let in, at the provider of that moment, and keeps it; until then the clinic may choose another.
 * As a timer it deletes rooms that are done with, and makes some ahead. Thread-safe; blocks.
 */
@Dependent
public final class ProviderRooms implements Timer {

    static final String NAME = "rooms";

    /** A room that is made ahead lives for so long. */
    private static final Duration SPARE_LIFE = Duration.ofHours(16);
    /** It is given to no session that it might not outlast: one may take four hours, and as long again. */
    private static final Duration SHORTEST_REST = Duration.ofHours(9);
    /** Rooms are made ahead while a session begins within this time. */
    private static final Duration NEAR = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofMinutes(30);
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final int MOST_AT_ONCE = 20;

    private final TenantDatabase database;
    private final Settings<VideoSettings> settings;
    private final Providers providers;
    private final Timers timers;
    private final JdbiProviderRoomStore store;

    @Inject
    public ProviderRooms(TenantDatabase database, Settings<VideoSettings> settings, Providers providers,
            Timers timers, Secrets secrets) {
        this.database = database;
        this.settings = settings;
        this.providers = providers;
        this.timers = timers;
        this.store = new JdbiProviderRoomStore(keys(secrets));
    }

    /** The session's room; empty before anybody was let in. */
    public Optional<ProviderRoom> find(UUID session) {
        return database.inTransaction(AuditEntry.read("ProviderRoom", session.toString()),
                tx -> store.find(tx, session));
    }

    /**
     * The session's room, made when it has none.
     *
     * @param until when the session is over at the latest
     * @throws NoRoomException when there is none, or nobody may be let in to it
     */
    public ProviderRoom of(UUID session, Instant until) {
        var now = settings.get();
        var room = find(session).or(() -> spare(session, until, now)).orElseGet(() -> made(session, until, now));
        if (!Providers.isAllowed(now, room.path())) {
            throw new NoRoomException(Why.PATH, "The room of session '" + session + "' goes by " + room.path()
                    + "; right under the profile " + now.profile() + " would be one that is encrypted from end to end");
        }
        return room;
    }

    private Optional<ProviderRoom> spare(UUID session, Instant until, VideoSettings now) {
        var provider = providers.chosen(now);
        if (provider.spareRooms() == 0) {
            return Optional.empty();
        }
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "ProviderRoom", session.toString()), tx -> {
            var taken = store.takeSpare(tx, session, provider.id(), provider.path(now), until);
            taken.ifPresent(room -> tx.afterCommit(() -> timers.wake(NAME)));
            return taken;
        });
    }

    private ProviderRoom made(UUID session, Instant until, VideoSettings now) {
        var provider = providers.chosen(now);
        if (!Providers.isAllowed(now, provider.path(now))) {
            throw new NoRoomException(Why.PATH, "Rooms of " + provider.id() + " go by " + provider.path(now)
                    + "; right under the profile " + now.profile() + " would be encryption from end to end");
        }
        var room = provider.open(now, until, true);
        var mine = database.inTransaction(AuditEntry.of(AuditAction.CREATE, "ProviderRoom", session.toString()),
                tx -> store.take(tx, session, room) ? Optional.of(room) : store.find(tx, session));
        if (mine.filter(room::equals).isEmpty()) {
            timers.wake(NAME);
        }
        return mine.orElseThrow(() -> new NoRoomException(Why.UNREACHABLE, "Session '" + session + "' is gone"));
    }

    /** What the page of one person needs to enter. @throws NoRoomException when they may not */
    public Optional<Frame> entry(ProviderRoom room, DisplayName name, boolean leads) {
        return providers.get(room.provider()).entry(settings.get(), room, name, leads);
    }

    /** The way of picture and sound in a room that would be made now. */
    public MediaPath path() {
        var now = settings.get();
        return providers.chosen(now).path(now);
    }

    /** Who receives something when this session is held; before it has a room, with the provider of now. */
    public List<Recipient> recipients(Optional<ProviderRoom> room) {
        var now = settings.get();
        return providers.get(room.map(ProviderRoom::provider).orElse(now.provider())).recipients(now);
    }

    /** The session has no use for its room any more. */
    public void over() {
        timers.wake(NAME);
    }

    /**
     * A provider says how many are in a room. It may say so twice, and later what was earlier.
     *
     * @param event the provider's id of what it says
     * @param at when it was so, by the provider's clock
     * @return whose room it is, when that is news
     */
    public Optional<UUID> told(VideoProvider provider, String event, String externalId, int people, Instant at,
            Instant now) {
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "ProviderRoom", "*"),
                tx -> store.isNew(tx, event, now)
                        ? store.people(tx, provider, externalId, people, at)
                        : Optional.empty());
    }

    // ---- What is done meanwhile ----

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Instant> run(Instant now) {
        var values = settings.get();
        var provider = providers.chosen(values);
        var left = deleteDone(values);
        dropUnfit(values, provider, now.plus(SHORTEST_REST));
        if (provider.spareRooms() > 0) {
            makeAhead(values, provider, now);
        }
        return left || provider.spareRooms() > 0 ? Optional.of(now.plus(AGAIN)) : Optional.empty();
    }

    /** @return whether something is left to do */
    private boolean deleteDone(VideoSettings values) {
        var done = database.inTransaction(AuditEntry.list("ProviderRoom"), tx -> store.done(tx, MOST_AT_ONCE));
        var gone = done.stream().filter(room -> close(values, room)).toList();
        gone.forEach(this::forget);
        return gone.size() < done.size() || done.size() == MOST_AT_ONCE;
    }

    /** Whoever is no longer the clinic's provider is told nothing more: what is there ends by itself. */
    private boolean close(VideoSettings values, ProviderRoom room) {
        return room.provider() != values.provider() || providers.get(room.provider()).close(values, room);
    }

    private void forget(ProviderRoom room) {
        database.inTransaction(AuditEntry.of(AuditAction.DELETE, "ProviderRoom", room.id().toString()), tx -> {
            store.remove(tx, room.id());
            return room;
        });
    }

    /** Forgotten first, so that no session is given one that is being deleted; what is not deleted then ends by itself. */
    private void dropUnfit(VideoSettings values, MediaProvider provider, Instant until) {
        var unfit = database.inTransaction(AuditEntry.of(AuditAction.DELETE, "ProviderRoom", "*"), tx -> {
            var found = store.unfit(tx, provider.id(), provider.path(values), until);
            found.forEach(room -> store.remove(tx, room.id()));
            return found;
        });
        unfit.forEach(room -> close(values, room));
    }

    private void makeAhead(VideoSettings values, MediaProvider provider, Instant now) {
        var missing = database.inTransaction(AuditEntry.list("ProviderRoom"),
                tx -> store.isPlanned(tx, now.minus(LATE), now.plus(NEAR))
                        ? provider.spareRooms() - store.spares(tx)
                        : 0);
        try {
            for (var made = 0; made < missing; made++) {
                var room = provider.open(values, now.plus(SPARE_LIFE), false);
                database.inTransaction(AuditEntry.of(AuditAction.CREATE, "ProviderRoom", room.id().toString()), tx -> {
                    store.addSpare(tx, room);
                    return room;
                });
            }
        } catch (NoRoomException later) {
            // An admission makes its own, and says why when it cannot.
        }
    }

    private static JdbiProviderRoomStore.HostKeys keys(Secrets secrets) {
        return new JdbiProviderRoomStore.HostKeys() {

            @Override
            public byte[] seal(UUID room, Secret key) {
                return secrets.seal("host-key-" + room, key.reveal().getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public Optional<Secret> open(UUID room, byte[] sealed) {
                try {
                    return Optional.of(new Secret(new String(secrets.open("host-key-" + room, sealed),
                            StandardCharsets.UTF_8)));
                } catch (SealBrokenException ofAnotherKey) {
                    return Optional.empty();
                }
            }
        };
    }
}
