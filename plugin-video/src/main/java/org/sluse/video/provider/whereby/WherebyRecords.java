// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import java.util.List;
import java.util.Set;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;

/** Everything that leaves for Whereby. Component names are Whereby's own (its interface, v1, and the parameters of a room's page). */
public final class WherebyRecords {

    /** Each of them. */
    public static final List<Class<? extends Record>> ALL = List.of(CreateMeeting.class, DeleteMeeting.class,
            GuestEntry.class, HostEntry.class);

    /** The categories of what they carry, all together. */
    static final Set<DataCategory> CARRIED = Set.of(DataCategory.DISPLAY_NAME);

    private WherebyRecords() {
    }

    /** {@code POST /meetings}: a locked room with a name that Whereby draws at random, and no prefix that could say whose it is. */
    @Outbound(to = Whereby.RECIPIENT)
    record CreateMeeting(
            @Impersonal("when the room ends by itself, a whole hour after the last time at which it could be needed") String endDate,
            @Impersonal("always true: who has only the address can knock and no more") boolean isLocked,
            @Impersonal("normal or group, as the clinic has set") String roomMode,
            @Impersonal("always uuid: Whereby draws the name") String roomNamePattern,
            @Impersonal("always both off") RoomPreferences roomPreferences,
            @Impersonal("asks for the address by which the host enters") List<String> fields) {}

    /** Nothing is streamed, and no room is joined to another service. */
    record RoomPreferences(boolean streaming, boolean roomIntegrations) {}

    /** {@code DELETE /meetings/{id}}: nothing but the id that Whereby gave the room. */
    @Outbound(to = Whereby.RECIPIENT)
    record DeleteMeeting() {}

    /** In the address of the frame of everybody who does not lead. */
    @Outbound(to = Whereby.RECIPIENT)
    record GuestEntry(@Carries(DataCategory.DISPLAY_NAME) String displayName,
            @Impersonal("always off: what is written would pass through Whereby") String chat,
            @Impersonal("always off: one leaves by the page around the frame") String leaveButton,
            @Impersonal("always off: camera and microphone were checked before") String precallReview) {

        GuestEntry(String displayName) {
            this(displayName, "off", "off", "off");
        }
    }

    /** In the address of the frame of whoever leads. */
    @Outbound(to = Whereby.RECIPIENT)
    record HostEntry(@Carries(DataCategory.DISPLAY_NAME) String displayName,
            @Impersonal("the right of the host in this room, which Whereby gave") String roomKey,
            @Impersonal("always off: what is written would pass through Whereby") String chat,
            @Impersonal("always off: one leaves by the page around the frame") String leaveButton,
            @Impersonal("always off: camera and microphone were checked before") String precallReview) {

        HostEntry(String displayName, String roomKey) {
            this(displayName, roomKey, "off", "off", "off");
        }
    }
}
