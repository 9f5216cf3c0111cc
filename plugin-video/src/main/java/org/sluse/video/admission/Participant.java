// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who is invited to a session; everybody in it but the host. With a new link somebody new takes the place, who begins as invited.
 *
 * @param id what the one-time link is for, and who acts by it; never leaves the server
 * @param inRoom the pseudonym by which others address them
 * @param who what the clinic knows of them
 * @param displayName what others see
 * @param admission how far they have come
 * @param waitingSince when they came into the waiting room; empty before
 * @param letInBy the practitioner who let them in; empty while they may not talk
 * @param message by what the host has asked them to wait; empty when not
 * @param devices what the device check found; empty before
 * @param askedAt when somebody who has their link asked for another, since it is held by another browser; empty once they come
 */
public record Participant(UUID id, String inRoom, Who who, DisplayName displayName, Admission admission,
        Optional<Instant> waitingSince, Optional<String> letInBy, Optional<Message> message,
        Optional<Devices> devices, Optional<Instant> askedAt) {

    /**
     * What the clinic knows of somebody.
     *
     * @param role any but {@link ParticipantRole#HOST}, who is not invited
     * @param label the clinic's own words for them, 1 to 80 characters, for a co-host their name in the clinic's list; never shown to them, never leaves
     * @param staffId a co-host in the clinic's list of people; empty for everybody else
     */
    public record Who(ParticipantRole role, String label, Optional<String> staffId) {

        public Who {
            if (role == ParticipantRole.HOST || (role == ParticipantRole.CO_HOST) != staffId.isPresent()) {
                throw new IllegalArgumentException("Nobody is invited as " + role + " with staff id '"
                        + staffId.orElse("") + "'; right would be a co-host with one, or another guest without");
            }
        }

        /** Somebody from outside the clinic. */
        public static Who guest(ParticipantRole role, String label) {
            return new Who(role, label, Optional.empty());
        }
    }

    /**
     * The host's word to somebody who waits.
     *
     * @param text their own words, at most 200 characters; empty: what the page of whoever waits says in its language
     */
    public record Message(Optional<String> text, Instant at) {}

    /**
     * The device check in four words.
     *
     * @param speaker missing when the person has said that they do not hear it; no page can know
     */
    public record Devices(Device camera, Device microphone, Device speaker, Line connection) {}

    /** Whether a device can be used. */
    public enum Device {
        WORKING, MISSING, UNTRIED
    }

    /** How good the way to the other side is: over UDP, over something slower, none at all. */
    public enum Line {
        GOOD, WEAK, BLOCKED, UNTRIED
    }

    /** Somebody who has just been invited. */
    public static Participant invited(UUID id, String inRoom, Who who, DisplayName name) {
        return new Participant(id, inRoom, who, name, Admission.INVITED, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What they are in the room. */
    public ParticipantRole role() {
        return who.role();
    }

    /** Whether this is their id, or these are the clinic's words for them, in any case of the letters. */
    public boolean isKnownAs(String idOrWords) {
        return id.toString().equals(idOrWords) || who.label().equalsIgnoreCase(idOrWords);
    }

    /** After the event. The place in the waiting room counts from the first knock; leaving gives it up. */
    public Participant on(AdmissionEvent event, Instant now) {
        var next = admission.on(event);
        var place = next == Admission.INVITED && event != AdmissionEvent.LOST
                ? Optional.<Instant>empty()
                : next.isWaiting() && waitingSince.isEmpty() ? Optional.of(now) : waitingSince;
        return new Participant(id, inRoom, who, displayName, next, place, next.mayTalk() ? letInBy : Optional.empty(),
                next.isWaiting() ? message : Optional.empty(), devices,
                event == AdmissionEvent.ARRIVED ? Optional.empty() : askedAt);
    }

    /** Let in by this practitioner; the same when they do not wait. */
    public Participant letIn(String staffId, Instant now) {
        if (!admission.isWaiting()) {
            return this;
        }
        var in = on(AdmissionEvent.LET_IN, now);
        return new Participant(id, inRoom, who, displayName, in.admission, in.waitingSince, Optional.of(staffId),
                in.message, devices, askedAt);
    }

    /** Shown under another name. */
    public Participant shownAs(DisplayName name) {
        return new Participant(id, inRoom, who, name, admission, waitingSince, letInBy, message, devices,
                askedAt);
    }

    /** With what the device check found. */
    public Participant checked(Devices found) {
        return new Participant(id, inRoom, who, displayName, admission, waitingSince, letInBy, message,
                Optional.of(found), askedAt);
    }

    /** Told by the host to wait, in their own words or without. */
    public Participant told(Optional<String> text, Instant at) {
        return new Participant(id, inRoom, who, displayName, admission, waitingSince, letInBy,
                Optional.of(new Message(text, at)), devices, askedAt);
    }

    /** Wants another link, until they come. */
    public Participant asked(Instant at) {
        return new Participant(id, inRoom, who, displayName, admission, waitingSince, letInBy, message, devices,
                Optional.of(at));
    }
}
