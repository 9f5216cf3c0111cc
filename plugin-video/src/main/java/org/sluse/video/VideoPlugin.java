// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
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
import org.sluse.video.settings.VideoSettings;

/** The module <em>video</em>: browser to browser, so nobody outside the clinic receives anything. */
@ApplicationScoped
public class VideoPlugin implements Plugin<VideoSettings> {

    private static final Pattern RELAY = Pattern.compile("turns?:[A-Za-z0-9.\\-\\[\\]:]+(\\?transport=(udp|tcp))?");

    @Inject
    LiveRooms rooms;

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
        return List.of();
    }

    @Override
    public List<Acknowledgement> acknowledgements(VideoSettings settings) {
        return settings.isRelayed()
                ? List.of()
                : List.of(new Acknowledgement("addresses-visible", "acknowledge.addresses-visible"));
    }

    @Override
    public Readiness ready(Tenant tenant, VideoSettings settings) {
        if (!settings.relays().stream().allMatch(url -> RELAY.matcher(url).matches())) {
            return Readiness.missing("ready.relay-address");
        }
        return settings.isRelayed() && settings.turnSecret().isEmpty()
                ? Readiness.missing("ready.relay-secret")
                : Readiness.READY;
    }

    @Override
    public void switchedOff(Tenant tenant) {
        rooms.switchedOff();
    }

    @Override
    public List<Page> pages() {
        return List.of(Page.of("j", "join.js", "video-join", Audience.LINK),
                Page.of("sessions/new", "session-new.js", "video-session-new", Audience.PRACTITIONER),
                Page.of("sessions/{id}", "call.js", "video-call", Audience.PRACTITIONER));
    }
}
