// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.live.LiveConnection;
import org.sluse.live.LiveHandler;
import org.sluse.video.ticket.TicketHolder;
import org.sluse.video.ticket.Tickets;

/** The sockets of the plugin: who speaks, and what they may say. */
@ApplicationScoped
public class VideoLiveHandler implements LiveHandler {

    @Inject
    Tickets tickets;
    @Inject
    LiveRooms rooms;

    private final Map<LiveConnection, TicketHolder> speakers = new ConcurrentHashMap<>();

    @Override
    public Actor joined(LiveConnection connection, String firstMessage) {
        if (!(LiveCodec.decode(firstMessage) instanceof LiveMessage.Join join)) {
            throw LiveCodec.notUnderstood("/type");
        }
        var holder = tickets.spend(join.ticket(), connection.held());
        switch (holder) {
            case TicketHolder.Guest guest -> rooms.guestJoined(connection, guest);
            case TicketHolder.Host host -> rooms.hostJoined(connection, host.sessionId(), host.staffId());
            case TicketHolder.Today today -> rooms.watch(connection, today.staffId());
        }
        speakers.put(connection, holder);
        return switch (holder) {
            case TicketHolder.Guest guest -> guest.staffId()
                    .map(VideoLiveHandler::practitioner)
                    .orElseGet(() -> Actor.linkHolder(guest.participantId().toString()));
            case TicketHolder.Host host -> practitioner(host.staffId());
            case TicketHolder.Today today -> practitioner(today.staffId());
        };
    }

    @Override
    public void received(LiveConnection connection, String message) {
        var decoded = LiveCodec.decode(message);
        if (decoded instanceof LiveMessage.Heartbeat) {
            connection.send(Words.HEARTBEAT);
            return;
        }
        switch (speakers.get(connection)) {
            case TicketHolder.Guest guest -> guestSays(connection, guest, decoded);
            case TicketHolder.Host host -> deskSays(connection, host.sessionId(), host.staffId(), decoded);
            case TicketHolder.Today today -> waitingRoom(connection, today.staffId(), decoded);
            case null -> throw LiveCodec.notUnderstood("");
        }
    }

    @Override
    public void closed(LiveConnection connection) {
        switch (speakers.remove(connection)) {
            case TicketHolder.Guest guest -> rooms.guestGone(connection, guest.sessionId());
            case TicketHolder.Host host -> rooms.hostGone(connection, host.sessionId());
            case TicketHolder.Today today -> rooms.unwatch(connection);
            case null -> {
            }
        }
    }

    @Override
    public void told(String news) {
        rooms.told(RoomNews.Said.of(news));
    }

    private void guestSays(LiveConnection connection, TicketHolder.Guest guest, LiveMessage message) {
        switch (message) {
            case LiveMessage.Knock knock -> rooms.waiting().knock(guest, knock);
            case LiveMessage.TryRelay tried -> rooms.waiting().tryRelay(connection, guest);
            case LiveMessage.Leave leave -> rooms.waiting().leave(guest);
            default -> guest.staffId()
                    .ifPresentOrElse(coHost -> deskSays(connection, guest.sessionId(), coHost, message),
                            () -> call(connection, guest.sessionId(), message));
        }
    }

    /** The host speaks, or a co-host, who reaches nothing before they are in. */
    private void deskSays(LiveConnection connection, UUID session, String staffId, LiveMessage message) {
        switch (message) {
            case LiveMessage.End end -> rooms.end(staffId, session);
            case LiveMessage.Admit admit -> waitingRoom(connection, staffId, admit);
            case LiveMessage.Hold hold -> waitingRoom(connection, staffId, hold);
            case LiveMessage.Back back -> waitingRoom(connection, staffId, back);
            case LiveMessage.Deny deny -> waitingRoom(connection, staffId, deny);
            default -> call(connection, session, message);
        }
    }

    private void waitingRoom(LiveConnection connection, String staffId, LiveMessage message) {
        switch (message) {
            case LiveMessage.Admit admit -> rooms.waiting().admit(connection, staffId, admit.participant());
            case LiveMessage.Hold hold -> rooms.waiting().hold(staffId, hold.participant(), hold.message());
            case LiveMessage.Back back -> rooms.waiting().back(staffId, back.participant());
            case LiveMessage.Deny deny -> rooms.waiting().deny(staffId, deny.participant());
            default -> throw LiveCodec.notUnderstood("/type");
        }
    }

    private void call(LiveConnection connection, UUID session, LiveMessage message) {
        switch (message) {
            case LiveMessage.Ready ready -> rooms.calls().ready(connection, session, ready);
            case LiveMessage.Connected connected -> rooms.calls().connected(connection, session, connected);
            case LiveMessage.Quality quality -> rooms.calls().quality(connection, session, quality.sofar());
            case LiveMessage.Signal signal -> rooms.calls().signal(connection, session, signal);
            default -> throw LiveCodec.notUnderstood("/type");
        }
    }

    private static Actor practitioner(String staffId) {
        return new Actor(Actor.Kind.STAFF, staffId, Set.of(Role.PRACTITIONER));
    }
}
