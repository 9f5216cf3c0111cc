// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

import org.sluse.actor.Actor;

/**
 * What a plugin does with the messages of its sockets: one CDI bean for each plugin that has any. Messages of one connection come in order
 * and never in parallel; those of different connections do. Calls may block. The tenant is bound.
 */
public interface LiveHandler {

    /**
     * The first message, which must prove a right to the connection (a ticket). Until this returns nothing else is delivered.
     *
     * @return who speaks from now on
     * @throws org.sluse.problem.ProblemException to refuse; the connection is then closed with {@link CloseCode#TICKET_REFUSED}
     */
    Actor joined(LiveConnection connection, String firstMessage);

    /** A further message, 1 to 65,536 characters. A {@code ProblemException} closes with {@link CloseCode#NOT_UNDERSTOOD}. */
    void received(LiveConnection connection, String message);

    /** The connection is gone, whoever ended it. Called once, only after {@code joined} has returned. */
    void closed(LiveConnection connection);
}
