// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.settings.Settings;
import org.sluse.timer.Timer;
import org.sluse.video.settings.VideoSettings;

/** Deletes sessions, with everything that was known about them, once their time of keeping is over. Runs each hour. */
@ApplicationScoped
public class ForgetTimer implements Timer {

    @Inject
    TenantDatabase database;
    @Inject
    VideoSessionStore store;
    @Inject
    Settings<VideoSettings> settings;

    @Override
    public String name() {
        return "forget";
    }

    @Override
    public Optional<Instant> run(Instant now) {
        database.inTransaction(AuditEntry.of(AuditAction.DELETE, "VideoSession", "*"),
                tx -> store.forget(tx, now.minus(Duration.ofDays(settings.get().keptDays()))));
        return Optional.of(now.plus(Duration.ofHours(1)));
    }
}
