// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sluse.data.DataMap;
import org.sluse.disclosure.Recipient;
import org.sluse.page.Page;
import org.sluse.page.Page.Audience;
import org.sluse.plugin.Acknowledgement;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.plugin.Readiness;
import org.sluse.tenant.Tenant;
import org.sluse.video.live.LiveRooms;
import org.sluse.video.provider.Providers;
import org.sluse.video.provider.jitsi.JitsiRecords;
import org.sluse.video.provider.whereby.WherebyEventResource;
import org.sluse.video.provider.whereby.WherebyRecords;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/** The module <em>video</em>: from browser to browser unless the clinic chooses a provider, who is then the one recipient. */
@ApplicationScoped
public class VideoPlugin implements Plugin<VideoSettings> {

    private static final List<Page> CALLS = List.of(Page.of("j", "join.js", "video-join", Audience.LINK),
            Page.of("sessions/{id}", "call.js", "video-call", Audience.PRACTITIONER));

    @Inject
    LiveRooms rooms;
    @Inject
    Providers providers;

    @Override
    public PluginId id() {
        return new PluginId("video");
    }

    @Override
    public Class<VideoSettings> settingsType() {
        return VideoSettings.class;
    }

    @Override
    public Activity activity() {
        return new Activity("activity.purpose", "activity.subjects", "activity.data", "activity.retention",
                "activity.legal-basis");
    }

    @Override
    public DataMap dataMap() {
        return VideoData.MAP;
    }

    @Override
    public List<Recipient> recipients(VideoSettings settings) {
        return providers.recipients(settings);
    }

    @Override
    public List<Class<? extends Record>> outbound() {
        return Stream.concat(WherebyRecords.ALL.stream(), JitsiRecords.ALL.stream()).toList();
    }

    @Override
    public Set<String> doors() {
        return Set.of(WherebyEventResource.DOOR);
    }

    @Override
    public List<URI> frames(Page page, VideoSettings settings) {
        return CALLS.contains(page) ? providers.frames(settings) : List.of();
    }

    @Override
    public List<Acknowledgement> acknowledgements(VideoSettings settings) {
        return settings.isRelayed() || settings.provider() != VideoProvider.BUILT_IN
                ? List.of()
                : List.of(new Acknowledgement("addresses-visible", "acknowledge.addresses-visible"));
    }

    @Override
    public Readiness ready(Tenant tenant, VideoSettings settings) {
        return providers.ready(settings);
    }

    @Override
    public void switchedOff(Tenant tenant) {
        rooms.switchedOff();
    }

    @Override
    public List<Page> pages() {
        return Stream
                .concat(CALLS.stream(),
                        Stream.of(
                                Page.of("sessions/new", "session-new.js", "video-session-new", Audience.PRACTITIONER)))
                .toList();
    }
}
