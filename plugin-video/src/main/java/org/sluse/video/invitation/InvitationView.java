// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.disclosure.Recipient;
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
 * @param recipients who outside the clinic receives something in this session; empty when it goes from browser to browser
 */
public record InvitationView(String link, String clinic, Optional<String> host, Instant startsAt, int minutes,
        Instant opensAt,
        Instant now, SessionState session, Admission state, ParticipantRole role, String displayName,
        Optional<String> phone,
        boolean relayed, List<RecipientView> recipients) {

    /**
     * Somebody outside the clinic.
     *
     * @param name the legal name
     * @param receives keys of this module's texts: what it is given
     * @param sees likewise: what it learns by itself from the browser
     */
    public record RecipientView(String name, List<String> receives, List<String> sees) {

        static RecipientView of(Recipient recipient) {
            return new RecipientView(recipient.name(), recipient.fieldKeys(), recipient.seesByItselfKeys());
        }
    }
}
