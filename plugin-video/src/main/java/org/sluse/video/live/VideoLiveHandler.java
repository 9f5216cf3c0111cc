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
import org.sluse.video.admission.ParticipantRole;
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
        var holder = tickets.spend(join.ticket());
        switch (holder) {
            case TicketHolder.Guest patient -> rooms.patientJoined(connection, patient);
            case TicketHolder.Host host -> rooms.hostJoined(connection, host.sessionId(), host.staffId());
            case TicketHolder.Today today -> rooms.watch(connection, today.staffId());
        }
        speakers.put(connection, holder);
        return switch (holder) {
            case TicketHolder.Guest patient -> Actor.linkHolder(patient.participantId().toString());
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
            case TicketHolder.Guest patient -> patientSays(connection, patient, decoded);
            case TicketHolder.Host host -> hostSays(connection, host, decoded);
            case TicketHolder.Today today -> waitingRoom(today.staffId(), decoded);
            case null -> throw LiveCodec.notUnderstood("");
        }
    }

    @Override
    public void closed(LiveConnection connection) {
        switch (speakers.remove(connection)) {
            case TicketHolder.Guest patient -> rooms.gone(connection, patient.sessionId(), ParticipantRole.PATIENT);
            case TicketHolder.Host host -> rooms.gone(connection, host.sessionId(), ParticipantRole.HOST);
            case TicketHolder.Today today -> rooms.unwatch(connection);
            case null -> {
            }
        }
    }

    private void patientSays(LiveConnection connection, TicketHolder.Guest patient, LiveMessage message) {
        switch (message) {
            case LiveMessage.Knock knock -> rooms.waiting().knock(patient, knock);
            case LiveMessage.TryRelay tried -> rooms.waiting().tryRelay(connection, patient);
            case LiveMessage.Leave leave -> rooms.waiting().leave(patient);
            default -> call(connection, patient.sessionId(), ParticipantRole.PATIENT, message);
        }
    }

    private void hostSays(LiveConnection connection, TicketHolder.Host host, LiveMessage message) {
        switch (message) {
            case LiveMessage.End end -> rooms.end(host.sessionId());
            case LiveMessage.Admit admit -> waitingRoom(host.staffId(), admit);
            case LiveMessage.Hold hold -> waitingRoom(host.staffId(), hold);
            case LiveMessage.Back back -> waitingRoom(host.staffId(), back);
            case LiveMessage.Deny deny -> waitingRoom(host.staffId(), deny);
            default -> call(connection, host.sessionId(), ParticipantRole.HOST, message);
        }
    }

    private void waitingRoom(String staffId, LiveMessage message) {
        switch (message) {
            case LiveMessage.Admit admit -> rooms.waiting().admit(staffId, admit.participant());
            case LiveMessage.Hold hold -> rooms.waiting().hold(staffId, hold.participant(), hold.message());
            case LiveMessage.Back back -> rooms.waiting().back(staffId, back.participant());
            case LiveMessage.Deny deny -> rooms.waiting().deny(staffId, deny.participant());
            default -> throw LiveCodec.notUnderstood("/type");
        }
    }

    private void call(LiveConnection connection, UUID session, ParticipantRole role, LiveMessage message) {
        switch (message) {
            case LiveMessage.Ready ready -> rooms.calls().ready(connection, session, role, ready.token());
            case LiveMessage.Connected connected ->
                rooms.calls().connected(connection, session, role, connected.connection());
            case LiveMessage.Signal signal -> rooms.calls().signal(connection, session, role, signal);
            default -> throw LiveCodec.notUnderstood("/type");
        }
    }

    private static Actor practitioner(String staffId) {
        return new Actor(Actor.Kind.STAFF, staffId, Set.of(Role.PRACTITIONER));
    }
}
