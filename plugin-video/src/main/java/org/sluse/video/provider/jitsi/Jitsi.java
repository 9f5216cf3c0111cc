// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.jitsi;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.OutboundCall.Method;
import org.sluse.disclosure.Recipient;
import org.sluse.id.Ids;
import org.sluse.plugin.Readiness;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.Frame;
import org.sluse.video.provider.MediaPath;
import org.sluse.video.provider.MediaProvider;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.provider.ProviderRoom;
import org.sluse.video.provider.ProviderRoom.External;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/** Rooms of a Jitsi Meet with tokens. A room is a random name, which only our tokens open. */
@Dependent
public final class Jitsi implements MediaProvider {

    /** Id of the recipient in register and ledger. */
    public static final String RECIPIENT = "jitsi";

    /** How long after its issue a token opens the room; a page that is loaded again is given a new one. */
    private static final Duration ENTRY = Duration.ofMinutes(5);
    /** Clocks of others may be behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final DisclosureGate gate;
    private final Ids ids;
    private final Clock clock;

    @Inject
    Jitsi(DisclosureGate gate, Ids ids, Clock clock) {
        this.gate = gate;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public VideoProvider id() {
        return VideoProvider.JITSI;
    }

    /** Through its bridge, which decrypts; whether two are connected directly is decided there and not by us. */
    @Override
    public MediaPath path(VideoSettings settings) {
        return MediaPath.SFU_HOP;
    }

    @Override
    public List<Recipient> recipients(VideoSettings settings) {
        return List.of(new Recipient(RECIPIENT, settings.jitsiName().orElse("Jitsi"),
                settings.jitsiPostalAddress().orElse(""), settings.jitsiCountry().orElse("NO"), "provider.service",
                "provider.basis", JitsiRecords.CARRIED, frames(settings), Map.of(),
                List.of("field.display-name"),
                List.of("sees.network", "sees.browser", "sees.server", "sees.use")));
    }

    @Override
    public List<URI> frames(VideoSettings settings) {
        return settings.jitsiSite().filter(site -> site.getHost() != null).stream().toList();
    }

    @Override
    public Readiness ready(VideoSettings settings) {
        return new Readiness(Stream.of(missing(frames(settings).isEmpty(), "ready.jitsi-site"),
                missing(settings.jitsiApp().isEmpty() || !canSign(settings), "ready.jitsi-key"),
                missing(settings.jitsiName().isEmpty() || settings.jitsiPostalAddress().isEmpty()
                        || settings.jitsiCountry().isEmpty(), "ready.jitsi-name"))
                .flatMap(List::stream)
                .toList());
    }

    private boolean canSign(VideoSettings settings) {
        try {
            token(settings, "room", new DisplayName("Kari"), false);
            return true;
        } catch (NoRoomException unusable) {
            return false;
        }
    }

    private static List<Readiness.Reason> missing(boolean isMissing, String key) {
        return isMissing ? List.of(new Readiness.Reason(key, Map.of())) : List.of();
    }

    /** Nothing is asked of Jitsi: the room is there once somebody enters. */
    @Override
    public ProviderRoom open(VideoSettings settings, Instant endsAt, boolean urgent) {
        var site = frames(settings).stream()
                .findFirst()
                .orElseThrow(() -> new NoRoomException(Why.NOT_SET_UP, "The clinic has no address of a Jitsi Meet"));
        // Names of rooms are without case there.
        var name = ids.next().toString();
        var folder = isJaas(settings) ? "/" + settings.jitsiApp().orElse("") : "";
        return new ProviderRoom(ids.next(), id(), path(settings),
                new External(name, site.resolve(folder + "/" + name).toString(), Optional.empty()), endsAt);
    }

    @Override
    public Optional<Frame> entry(VideoSettings settings, ProviderRoom room, DisplayName name, boolean leads) {
        var token = token(settings, room.external().id(), name, leads);
        try {
            return Optional.of(new Frame(
                    gate.handOver(new OutboundCall(Method.GET, URI.create(room.external().address()), Optional.empty(),
                            Optional.empty(), new JitsiRecords.RoomEntry(token))),
                    settings.jitsiName().orElse("Jitsi")));
        } catch (DisclosureRefusedException refused) {
            throw new NoRoomException(Why.NOT_ALLOWED, "Nothing may pass to Jitsi now: " + refused.reason(), refused);
        }
    }

    private String token(VideoSettings settings, String room, DisplayName name, boolean leads) {
        var key = settings.jitsiKey()
                .orElseThrow(() -> new NoRoomException(Why.NOT_SET_UP, "The clinic has no key of Jitsi"));
        var now = clock.instant();
        try {
            return new JitsiToken(settings.jitsiKeyId(), settings.jitsiApp().orElse(""),
                    settings.jitsiSite().map(URI::getHost).orElse(""), room, name, leads, now.minus(SKEW),
                    now.plus(ENTRY)).signed(key);
        } catch (IllegalArgumentException unusable) {
            throw new NoRoomException(Why.NOT_SET_UP, "The key of Jitsi cannot be used", unusable);
        }
    }

    private static boolean isJaas(VideoSettings settings) {
        return settings.jitsiKeyId().isPresent();
    }

    /** Its rooms go when everybody has left: the pages take the frames away. */
    @Override
    public boolean close(VideoSettings settings, ProviderRoom room) {
        return true;
    }
}
