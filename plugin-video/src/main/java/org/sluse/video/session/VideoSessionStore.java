// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.data.Transaction;

/** Where sessions are kept. */
public interface VideoSessionStore {

    /** Adds a session with its people. */
    void add(Transaction tx, VideoSession session);

    /** The session, locked until the transaction ends, so that events come one after the other. */
    Optional<VideoSession> find(Transaction tx, UUID id);

    /** The session of the participant with this id, locked likewise. */
    Optional<VideoSession> findByParticipant(Transaction tx, UUID participantId);

    /** The session of the participant with this pseudonym, locked likewise. */
    Optional<VideoSession> findByPseudonym(Transaction tx, String inRoom);

    /** Keeps what can change: its time, state, end, and its people; whoever is not among them any more is deleted, with their tickets. */
    void update(Transaction tx, VideoSession session);

    /** The sessions that a practitioner hosts, or has a place in as a co-host, and that start at or after {@code from} and before {@code to}, in order of time. */
    List<VideoSession> ofStaff(Transaction tx, String staffId, Instant from, Instant to);

    /** The host's sessions in which anybody waits or has been let in, longest waiting first. */
    List<VideoSession> presentOf(Transaction tx, String hostId);

    /** Every session that is not over and in which anybody is past the invitation, locked likewise. */
    List<VideoSession> underWay(Transaction tx);

    /** Ids of sessions that are not over and whose {@link VideoSession#endsAt} has come; the earliest first, at most {@code most}. */
    List<UUID> overdue(Transaction tx, Instant now, int most);

    /** The earliest {@link VideoSession#endsAt} of all sessions that are not over; empty when there is none. */
    Optional<Instant> nextEnd(Transaction tx);

    /** Those that have this id, in which anybody has it, or in which these are the clinic's words for anybody, in any case of the letters. */
    List<VideoSession> ofSubject(Transaction tx, String idOrWords);

    /** Deletes it, with everything that is known about it. */
    void delete(Transaction tx, UUID id);
}
