// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.disclosure.Recipient;
import org.sluse.plugin.Readiness;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/**
 * Somebody who carries picture and sound: a CDI bean for each {@link VideoProvider}. It is given nothing of a patient's but the name that they show. What it declares is a function of the
 * settings alone; what it does may block, runs in no transaction, and goes through the disclosure gate. Thread-safe.
 */
public interface MediaProvider {

    /** Which one. */
    VideoProvider id();

    /** The way of picture and sound in a room that is made now. */
    MediaPath path(VideoSettings settings);

    /** Who receives something then: for the register, and for the gate. */
    List<Recipient> recipients(VideoSettings settings);

    /** Whose pages are shown in a frame of a call's page. */
    List<URI> frames(VideoSettings settings);

    /** Whether rooms could be made. Asks nobody outside. */
    Readiness ready(VideoSettings settings);

    /**
     * Makes a room.
     *
     * @param endsAt when it is not needed any more at the latest
     * @param urgent whether somebody waits for it
     * @throws NoRoomException with nothing left behind but, when no answer came, perhaps a room that ends by itself
     */
    ProviderRoom open(VideoSettings settings, Instant endsAt, boolean urgent);

    /**
     * What the page of one person needs to enter; empty when browsers find each other by our own signalling.
     *
     * @param name the only thing that is told of the person
     * @param leads whether they lead the conversation
     * @throws NoRoomException when they may not enter now
     */
    Optional<Frame> entry(VideoSettings settings, ProviderRoom room, DisplayName name, boolean leads);

    /**
     * Ends the room for whoever is in it.
     *
     * @return whether it is gone; otherwise it is tried again
     */
    boolean close(VideoSettings settings, ProviderRoom room);

    /** How many rooms are made ahead, so that an admission does not wait for one while a session is near. */
    default int spareRooms() {
        return 0;
    }
}
