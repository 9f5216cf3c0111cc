// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The patient of a session. With a new link somebody new takes the place, who begins as invited.
 *
 * @param id what the one-time link is for, and who acts by it; never leaves the server
 * @param inRoom the pseudonym by which others address them
 * @param displayName what others see
 * @param admission how far they have come
 * @param waitingSince when they came into the waiting room; empty before
 * @param message by what the host has asked them to wait; empty when not
 * @param devices what the device check found; empty before
 */
public record Participant(UUID id, String inRoom, DisplayName displayName, Admission admission,
        Optional<Instant> waitingSince, Optional<Message> message, Optional<Devices> devices) {

    /**
     * The host's word to somebody who waits.
     *
     * @param text their own words, at most 200 characters; empty: what the patient's page says in its language
     */
    public record Message(Optional<String> text, Instant at) {}

    /** The device check in three words. */
    public record Devices(Device camera, Device microphone, Line connection) {}

    /** Whether a device can be used. */
    public enum Device {
        WORKING, MISSING, UNTRIED
    }

    /** How good the way to the other side is: over UDP, over something slower, none at all. */
    public enum Line {
        GOOD, WEAK, BLOCKED, UNTRIED
    }

    /** Somebody who has just been invited. */
    public static Participant invited(UUID id, String inRoom, DisplayName name) {
        return new Participant(id, inRoom, name, Admission.INVITED, Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** After the event. The place in the waiting room counts from the first knock; leaving gives it up. */
    public Participant on(AdmissionEvent event, Instant now) {
        var next = admission.on(event);
        var place = next == Admission.INVITED && event != AdmissionEvent.LOST
                ? Optional.<Instant>empty()
                : next.isWaiting() && waitingSince.isEmpty() ? Optional.of(now) : waitingSince;
        return new Participant(id, inRoom, displayName, next, place, next.isWaiting() ? message : Optional.empty(),
                devices);
    }

    /** Shown under another name. */
    public Participant shownAs(DisplayName name) {
        return new Participant(id, inRoom, name, admission, waitingSince, message, devices);
    }

    /** With what the device check found. */
    public Participant checked(Devices found) {
        return new Participant(id, inRoom, displayName, admission, waitingSince, message, Optional.of(found));
    }

    /** Told by the host to wait, in their own words or without. */
    public Participant told(Optional<String> text, Instant at) {
        return new Participant(id, inRoom, displayName, admission, waitingSince, Optional.of(new Message(text, at)),
                devices);
    }
}
