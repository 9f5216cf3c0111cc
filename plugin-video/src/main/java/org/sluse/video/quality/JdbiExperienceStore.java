// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

import jakarta.enterprise.context.Dependent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluse.data.Transaction;
import org.sluse.video.quality.CallQuality.Grade;
import org.sluse.video.quality.CallQuality.Way;

/** In PostgreSQL. */
@Dependent
final class JdbiExperienceStore implements ExperienceStore {

    private record Row(Optional<UUID> participant, Experience experience) {}

    @Override
    public void keep(Transaction tx, UUID sessionId, Optional<UUID> participantId, CallQuality quality) {
        tx.handle()
                .createUpdate(
                        """
                                insert into experience (session_id, participant_id, loss, delay, freezes, way)
                                values (:session, cast(:participant as uuid), :loss, :delay, :freezes, :way)
                                on conflict (session_id, participant_id) do update
                                set loss = excluded.loss, delay = excluded.delay, freezes = excluded.freezes, way = excluded.way""")
                .bind("session", sessionId)
                .bind("participant", participantId.orElse(null))
                .bind("loss", quality.loss().name())
                .bind("delay", quality.delay().name())
                .bind("freezes", quality.freezes().name())
                .bind("way", quality.way().name())
                .execute();
    }

    @Override
    public void keep(Transaction tx, UUID sessionId, UUID participantId, Rating rating) {
        tx.handle()
                .createUpdate(
                        """
                                insert into experience (session_id, participant_id, rating) values (:session, :participant, :rating)
                                on conflict (session_id, participant_id) do update set rating = excluded.rating""")
                .bind("session", sessionId)
                .bind("participant", participantId)
                .bind("rating", rating.name())
                .execute();
    }

    @Override
    public Map<Optional<UUID>, Experience> of(Transaction tx, UUID sessionId) {
        return tx.handle()
                .createQuery("""
                        select participant_id, loss, delay, freezes, way, rating from experience
                        where session_id = :session""")
                .bind("session", sessionId)
                .map((row, context) -> row(row))
                .collect(Collectors.toMap(Row::participant, Row::experience));
    }

    private static Row row(ResultSet row) throws SQLException {
        var delay = row.getString(3);
        var freezes = row.getString(4);
        var way = row.getString(5);
        var quality = Optional.ofNullable(row.getString(2))
                .map(loss -> new CallQuality(Grade.valueOf(loss), Grade.valueOf(delay), Grade.valueOf(freezes),
                        Way.valueOf(way)));
        return new Row(Optional.ofNullable(row.getObject(1, UUID.class)),
                new Experience(quality, Optional.ofNullable(row.getString(6)).map(Rating::valueOf)));
    }
}
