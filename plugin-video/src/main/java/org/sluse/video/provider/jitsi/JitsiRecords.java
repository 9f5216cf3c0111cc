// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.jitsi;

import java.util.List;
import java.util.Set;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Outbound;

/** Everything that leaves for Jitsi. */
public final class JitsiRecords {

    /** Each of them. */
    public static final List<Class<? extends Record>> ALL = List.of(RoomEntry.class);

    /** The categories of what they carry, all together. */
    static final Set<DataCategory> CARRIED = Set.of(DataCategory.DISPLAY_NAME);

    private JitsiRecords() {
    }

    /**
     * In the address of the frame.
     *
     * @param jwt a {@link JitsiToken}, whose one personal claim is the name
     */
    @Outbound(to = Jitsi.RECIPIENT)
    record RoomEntry(@Carries(DataCategory.DISPLAY_NAME) String jwt) {}
}
