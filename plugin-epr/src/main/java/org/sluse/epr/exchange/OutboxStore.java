// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.epr.exchange.Delivery.Event;
import org.sluse.epr.exchange.Delivery.State;

/** Deliveries as rows. Works in whatever transaction the handle has. */
final class OutboxStore {

    private OutboxStore() {}

    static void insert(Handle handle, UUID id, UUID assessment, UUID patient, Instant now) {
        handle.createUpdate(
                """
                        insert into delivery (id, assessment_id, patient_id, state, next_attempt_at) values (:id, :assessment, :patient, 'QUEUED', :now)
                        on conflict (assessment_id) do nothing""")
                .bind("id", id)
                .bind("assessment", assessment)
                .bind("patient", patient)
                .bind("now", now)
                .execute();
    }

    /** For each patient the oldest that is not done, unless it is parked; due ones first. */
    static List<Delivery> heads(Handle handle) {
        return handle.createQuery(
                """
                        select * from (select distinct on (patient_id) * from delivery where state not in ('DELIVERED', 'REFUSED', 'GIVEN_UP')
                        order by patient_id, position) head where state <> 'PARKED' order by next_attempt_at, position""")
                .map((row, ctx) -> delivery(row, List.of()))
                .list();
    }

    /** Those of patients whom the practitioner treats: what needs a person first, then what is on its way, then the latest. */
    static List<Delivery> of(Handle handle, String practitioner) {
        return withLife(handle, handle.createQuery(
                """
                        select delivery.* from delivery join treatment on treatment.patient_id = delivery.patient_id and treatment.practitioner = :practitioner
                        order by state in ('PARKED', 'REFUSED', 'GIVEN_UP') desc, state <> 'DELIVERED' desc, position desc limit 200""")
                .bind("practitioner", practitioner)
                .map((row, ctx) -> delivery(row, List.of()))
                .list());
    }

    static Optional<Delivery> ofAssessment(Handle handle, UUID assessment) {
        return withLife(handle,
                handle.createQuery("select * from delivery where assessment_id = :assessment")
                        .bind("assessment", assessment)
                        .map((row, ctx) -> delivery(row, List.of()))
                        .list())
                .stream()
                .findFirst();
    }

    static Optional<Delivery> find(Handle handle, UUID id) {
        return handle.createQuery("select * from delivery where id = :id for update")
                .bind("id", id)
                .map((row, ctx) -> delivery(row, List.of()))
                .findOne();
    }

    /** Whether an earlier one of the same patient is parked, so that this one is not sent before somebody has decided. */
    static boolean isHeldBack(Handle handle, UUID id) {
        return handle.createQuery(
                """
                        select exists (select 1 from delivery one join delivery earlier on earlier.patient_id = one.patient_id and earlier.position < one.position
                        where one.id = :id and one.state not in ('DELIVERED', 'PARKED', 'REFUSED', 'GIVEN_UP') and earlier.state = 'PARKED')""")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Delivery> withLife(Handle handle, List<Delivery> found) {
        return found.stream()
                .map(one -> new Delivery(one.id(), one.assessment(), one.patient(), one.state(), one.reason(),
                        one.attempts(), one.nextAttempt(),
                        one.sentNumber(), one.location(),
                        handle.createQuery("select * from delivery_event where delivery_id = :id order by position")
                                .bind("id", one.id())
                                .map((row, ctx) -> new Event(row.getTimestamp("at").toInstant(), row.getString("what"),
                                        Optional.ofNullable(row.getString("detail"))))
                                .list()))
                .toList();
    }

    static void update(Handle handle, UUID id, State state, @Nullable String reason, int attempts, Instant next,
            @Nullable String location) {
        handle.createUpdate(
                """
                        update delivery set state = :state, reason = :reason, attempts = :attempts, next_attempt_at = :next, location = :location where id = :id""")
                .bind("state", state.name())
                .bind("reason", reason)
                .bind("attempts", attempts)
                .bind("next", next)
                .bind("location", location)
                .bind("id", id)
                .execute();
    }

    /** What the message says of the patient; written before it leaves. */
    static void sendsAs(Handle handle, UUID id, String number) {
        handle.createUpdate("update delivery set sent_number = :number where id = :id")
                .bind("number", number)
                .bind("id", id)
                .execute();
    }

    static void append(Handle handle, UUID id, Instant at, String what, @Nullable String detail) {
        handle.createUpdate(
                "insert into delivery_event (delivery_id, at, what, detail) values (:id, :at, :what, :detail)")
                .bind("id", id)
                .bind("at", at)
                .bind("what", what)
                .bind("detail", detail)
                .execute();
    }

    private static Delivery delivery(ResultSet row, List<Event> life) throws SQLException {
        return new Delivery(row.getObject("id", UUID.class), row.getObject("assessment_id", UUID.class),
                row.getObject("patient_id", UUID.class),
                State.valueOf(row.getString("state")), Optional.ofNullable(row.getString("reason")),
                row.getInt("attempts"),
                row.getTimestamp("next_attempt_at").toInstant(), Optional.ofNullable(row.getString("sent_number")),
                Optional.ofNullable(row.getString("location")), life);
    }
}
