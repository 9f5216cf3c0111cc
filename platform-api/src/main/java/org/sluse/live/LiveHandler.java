// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

import org.sluse.actor.Actor;

/**
 * What a plugin does with the messages of its sockets: one CDI bean for each plugin that has any. Messages of one connection come in order
 * and never in parallel; those of different connections do. Calls may block. The tenant is bound.
 */
public interface LiveHandler {

    /**
     * The first message, which must prove a right to the connection (a ticket). Until this returns nothing else is delivered, and nothing that is sent goes out. The actor
     * is whoever is signed in where the connection was opened, or {@link Actor#anonymous()}.
     *
     * @return who speaks from now on. Of staff it must be the actor, with some of their roles; anybody else's connection is closed with {@link CloseCode#SIGNED_OUT}
     *         after {@link #closed}, and so is one of staff whose session ends later
     * @throws org.sluse.problem.ProblemException to refuse; the connection is then closed with {@link CloseCode#TICKET_REFUSED}, or, for
     *             {@code problem/unavailable}, with {@link CloseCode#TRY_AGAIN_LATER}
     */
    Actor joined(LiveConnection connection, String firstMessage);

    /** A further message, 1 to 65,536 characters. A {@code ProblemException} closes with {@link CloseCode#NOT_UNDERSTOOD}, that of {@code problem/unavailable} with {@link CloseCode#TRY_AGAIN_LATER}. */
    void received(LiveConnection connection, String message);

    /** The connection is gone, whoever ended it. Called once, only after {@code joined} has returned, on any thread. */
    void closed(LiveConnection connection);

    /**
     * Something has happened that concerns those who have sockets here; this plugin has said so by {@link LiveNews}, on this node or another one. The actor is whoever was bound there. Beside other calls; may block.
     *
     * @param news as it was said
     */
    default void told(String news) {
    }
}
