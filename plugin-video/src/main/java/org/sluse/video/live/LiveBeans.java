// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.sluse.data.TenantDatabase;
import org.sluse.tenant.TenantContext;
import org.sluse.video.session.VideoSessionStore;

/** Makes what there is once on a node and everybody here shares: who sits in which room, and who follows which waiting room. */
@Dependent
final class LiveBeans {

    @Produces
    @Singleton
    static Queues queues(TenantDatabase database, VideoSessionStore store, TenantContext context, Clock clock) {
        return new Queues(database, store, context, clock);
    }

    @Produces
    @Singleton
    static OpenRooms rooms(TenantDatabase database, VideoSessionStore store, MediaRights rights, Queues queues,
            TenantContext context, Clock clock) {
        return new OpenRooms(database, store, rights, queues, context, clock);
    }
}
