// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** Whoever has sockets open for sessions. Called after the commit, with the tenant bound. */
public interface SessionListener {

    /** The session was ended or cancelled, or its time is over: everybody in it is told and sent away. */
    void over(VideoSession session);

    /** The patient has a new link: whoever came in by an older one is sent away. */
    void invitedAgain(VideoSession session);
}
