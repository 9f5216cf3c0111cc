// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.util.stream.Stream;
import org.sluse.data.TenantDatabase;
import org.sluse.id.Ids;
import org.sluse.secret.Secrets;
import org.sluse.settings.Settings;
import org.sluse.timer.Timers;
import org.sluse.video.settings.VideoSettings;

/** Rooms of sessions in a test. */
public final class TestRooms {

    private TestRooms() {
    }

    /** At these providers, and at the built-in one. */
    public static ProviderRooms of(TenantDatabase database, Settings<VideoSettings> settings, Ids ids,
            Secrets secrets, Timers timers, MediaProvider... others) {
        return new ProviderRooms(database, settings, providers(ids, others), timers, secrets);
    }

    /** These, and the built-in one. */
    public static Providers providers(Ids ids, MediaProvider... others) {
        return Providers.of(Stream.concat(Stream.of(new BuiltIn(ids)), Stream.of(others)).toList());
    }
}
