// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sluse.disclosure.Recipient;
import org.sluse.id.Ids;
import org.sluse.plugin.Readiness;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/** From browser to browser, by the signalling of this module: nobody outside the clinic takes part. */
@Dependent
final class BuiltIn implements MediaProvider {

    private static final Pattern RELAY = Pattern.compile("turns?:[A-Za-z0-9.\\-\\[\\]:]+(\\?transport=(udp|tcp))?");

    private final Ids ids;

    @Inject
    BuiltIn(Ids ids) {
        this.ids = ids;
    }

    @Override
    public VideoProvider id() {
        return VideoProvider.BUILT_IN;
    }

    @Override
    public MediaPath path(VideoSettings settings) {
        return MediaPath.P2P_E2EE;
    }

    @Override
    public List<Recipient> recipients(VideoSettings settings) {
        return List.of();
    }

    @Override
    public List<URI> frames(VideoSettings settings) {
        return List.of();
    }

    @Override
    public Readiness ready(VideoSettings settings) {
        if (!settings.relays().stream().allMatch(url -> RELAY.matcher(url).matches())) {
            return Readiness.missing("ready.relay-address");
        }
        return settings.isRelayed() && settings.turnSecret().isEmpty()
                ? Readiness.missing("ready.relay-secret")
                : Readiness.READY;
    }

    @Override
    public ProviderRoom open(VideoSettings settings, Instant endsAt, boolean urgent) {
        return new ProviderRoom(ids.next(), id(), path(settings), ProviderRoom.External.NONE, endsAt);
    }

    @Override
    public Optional<Frame> entry(VideoSettings settings, ProviderRoom room, DisplayName name, boolean leads) {
        return Optional.empty();
    }

    @Override
    public boolean close(VideoSettings settings, ProviderRoom room) {
        return true;
    }
}
