// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.exchange.Delivery.Event;
import org.sluse.epr.exchange.Delivery.State;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.patient.Patient;

/** Deliveries as rows; the number that a patient was sent with, and what happened, is sealed. */
final class OutboxStore {

    private OutboxStore() {}

    static void insert(Transaction tx, UUID id, Assessment of, Instant now) {
        insert(tx, id, "assessment_id", of.id(), of.patient(), now);
    }

    static void insert(Transaction tx, UUID id, FormAssessment of, Instant now) {
        insert(tx, id, "form_assessment_id", of.id(), of.patient(), now);
    }

    private static void insert(Transaction tx, UUID id, String column, UUID assessment, UUID patient, Instant now) {
        tx.handle()
                .createUpdate("insert into delivery (id, " + column
                        + ", patient_id, state, next_attempt_at) values (:id, :assessment, :patient, 'QUEUED', :now) on conflict ("
                        + column + ") do nothing")
                .bind("id", id)
                .bind("assessment", assessment)
                .bind("patient", patient)
                .bind("now", now)
                .execute();
    }

    /** For each patient the oldest that is not done, unless it is parked; due ones first. */
    static List<Delivery> heads(Transaction tx) {
        return read(tx, tx.handle()
                .createQuery(
                        """
                                select * from (select distinct on (patient_id) * from delivery where state not in ('DELIVERED', 'REFUSED', 'GIVEN_UP')
                                order by patient_id, position) head where state <> 'PARKED' order by next_attempt_at, position"""));
    }

    /** Those of patients whom the practitioner treats: what needs a person first, then what is on its way, then the latest. */
    static List<Delivery> of(Transaction tx, String practitioner) {
        return withLife(tx, read(tx, tx.handle()
                .createQuery(
                        """
                                select delivery.* from delivery join treatment on treatment.patient_id = delivery.patient_id and treatment.practitioner = :practitioner
                                order by state in ('PARKED', 'REFUSED', 'GIVEN_UP') desc, state <> 'DELIVERED' desc, position desc limit 200""")
                .bind("practitioner", practitioner)));
    }

    static Optional<Delivery> ofAssessment(Transaction tx, UUID assessment) {
        return withLife(tx, read(tx,
                tx.handle()
                        .createQuery(
                                "select * from delivery where assessment_id = :assessment or form_assessment_id = :assessment")
                        .bind("assessment", assessment)))
                .stream()
                .findFirst();
    }

    static Optional<Delivery> find(Transaction tx, UUID id) {
        return read(tx, tx.handle().createQuery("select * from delivery where id = :id for update").bind("id", id))
                .stream()
                .findFirst();
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

    private static List<Delivery> withLife(Transaction tx, List<Delivery> found) {
        var seals = seals(tx, found);
        return found.stream()
                .map(one -> new Delivery(one.id(), one.assessment(), one.patient(), one.state(), one.reason(),
                        one.attempts(), one.nextAttempt(),
                        one.sentNumber(), one.location(),
                        tx.handle()
                                .createQuery("select * from delivery_event where delivery_id = :id order by position")
                                .bind("id", one.id())
                                .map((row, ctx) -> event(row, one.id(), seals.apply(one.patient().toString())))
                                .list()))
                .toList();
    }

    private static Function<String, PersonSeal> seals(Transaction tx, List<Delivery> found) {
        return tx.sealsOf(found.stream().map(one -> one.patient().toString()).toList());
    }

    private static Event event(ResultSet row, UUID delivery, PersonSeal seal) throws SQLException {
        var position = row.getLong("position");
        return new Event(row.getTimestamp("at").toInstant(), row.getString("what"),
                Optional.ofNullable(row.getString("detail"))
                        .map(text -> seal.open(detailOf(delivery, position), text)));
    }

    private static Cell detailOf(UUID delivery, long position) {
        return Cell.of("delivery_event", "detail", delivery, position);
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
    static void sendsAs(Transaction tx, UUID id, Patient patient) {
        tx.handle()
                .createUpdate("update delivery set sent_number = :number, sent_number_index = :index where id = :id")
                .bind("number", tx.sealOf(patient.id().toString()).seal(sentNumberOf(id), patient.number()))
                .bind("index", tx.indexOf("delivery", "sent_number", patient.number()))
                .bind("id", id)
                .execute();
    }

    static void append(Transaction tx, Delivery delivery, Instant at, String what, @Nullable String detail) {
        append(tx, delivery.id(), delivery.patient(), at, what, detail);
    }

    /** The position is taken first: what is sealed is bound to it. */
    static void append(Transaction tx, UUID id, UUID patient, Instant at, String what, @Nullable String detail) {
        var position = tx.handle()
                .createQuery("select nextval(pg_get_serial_sequence('delivery_event', 'position'))")
                .mapTo(long.class)
                .one();
        tx.handle()
                .createUpdate(
                        """
                                insert into delivery_event (delivery_id, position, at, what, detail) overriding system value
                                values (:id, :position, :at, :what, :detail)""")
                .bind("id", id)
                .bind("position", position)
                .bind("at", at)
                .bind("what", what)
                .bind("detail",
                        detail == null ? null : tx.sealOf(patient.toString()).seal(detailOf(id, position), detail))
                .execute();
    }

    /** The number that the patient was sent with. */
    static Cell sentNumberOf(UUID id) {
        return Cell.of("delivery", "sent_number", id);
    }

    private static List<Delivery> read(Transaction tx, Query query) {
        var found = query.map((row, ctx) -> delivery(row)).list();
        var seals = seals(tx, found);
        return found.stream()
                .map(one -> one.sentAs(one.sentNumber()
                        .map(text -> seals.apply(one.patient().toString()).open(sentNumberOf(one.id()), text))))
                .toList();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var form = row.getObject("form_assessment_id", UUID.class);
        return new Delivery(row.getObject("id", UUID.class),
                form == null ? row.getObject("assessment_id", UUID.class) : form,
                row.getObject("patient_id", UUID.class),
                State.valueOf(row.getString("state")), Optional.ofNullable(row.getString("reason")),
                row.getInt("attempts"),
                row.getTimestamp("next_attempt_at").toInstant(), Optional.ofNullable(row.getString("sent_number")),
                Optional.ofNullable(row.getString("location")), List.of());
    }
}
