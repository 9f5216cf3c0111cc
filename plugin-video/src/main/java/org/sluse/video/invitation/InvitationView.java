// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import java.time.Instant;
import java.util.Optional;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.SessionState;

/**
 * What the holder of a link is told.
 *
 * @param link to be sent as header {@code X-Sluse-Link} with every later call
 * @param host the practitioner's name, empty when they are no longer in the clinic's list
 * @param opensAt from when they may come in
 * @param role what they are invited as
 * @param now the server's clock
 * @param relayed whether the call goes through the clinic's relay; otherwise each side sees the other's network address
 */
public record InvitationView(String link, String clinic, Optional<String> host, Instant startsAt, int minutes,
        Instant opensAt,
        Instant now, SessionState session, Admission state, ParticipantRole role, String displayName,
        Optional<String> phone,
        boolean relayed) {}
