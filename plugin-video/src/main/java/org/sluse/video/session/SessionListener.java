// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** Whoever has sockets open for sessions. Called after the commit, with the tenant bound. */
public interface SessionListener {

    /** The session was ended or cancelled, or its time is over: everybody in it is told and sent away. */
    void over(VideoSession session);

    /** The session is at another time, or somebody asks for a link: everybody in it is told, and whoever follows its waiting room. */
    void changed(VideoSession session);

    /**
     * The link of somebody is withdrawn: whoever came in by it is sent away.
     *
     * @param session as it is now
     * @param inRoom the pseudonym of whoever had the link
     */
    void withdrawn(VideoSession session, String inRoom);

    /**
     * Somebody was turned away: they are told and sent away.
     *
     * @param session as it is now
     * @param inRoom their pseudonym
     */
    void turnedAway(VideoSession session, String inRoom);
}
