// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment.State;

/** Assessments and answers as rows; what was answered is sealed. */
final class AssessmentStore {

    private AssessmentStore() {}

    /** @param wording whose texts are asked; absent: those that came with this software */
    static void insert(Transaction tx, Assessment assessment, Optional<UUID> wording) {
        tx.handle()
                .createUpdate(
                        """
                                insert into assessment (id, patient_id, instrument, instrument_version, wording_id, language, practitioner, state, assigned_at, expires_at)
                                values (:id, :patient, :instrument, :version, cast(:wording as uuid), :language, :practitioner, :state, :assigned, :expires)""")
                .bind("id", assessment.id())
                .bind("patient", assessment.patient())
                .bind("instrument", assessment.instrument().id())
                .bind("version", assessment.instrument().version())
                .bind("wording", wording.map(UUID::toString).orElse(null))
                .bind("language", assessment.language())
                .bind("practitioner", assessment.practitioner())
                .bind("state", assessment.state().name())
                .bind("assigned", assessment.assignedAt())
                .bind("expires", assessment.expiresAt())
                .execute();
    }

    static Optional<Assessment> find(Transaction tx, UUID id) {
        return read(tx, tx.handle().createQuery("select * from assessment where id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /** The same, and nobody else changes it until this transaction ends. */
    static Optional<Assessment> lock(Transaction tx, UUID id) {
        return read(tx, tx.handle().createQuery("select * from assessment where id = :id for update").bind("id", id))
                .stream()
                .findFirst();
    }

    static List<Assessment> ofPatient(Transaction tx, UUID patient) {
        return read(tx,
                tx.handle()
                        .createQuery(
                                "select * from assessment where patient_id = :patient order by assigned_at desc, id")
                        .bind("patient", patient));
    }

    static List<Assessment> withOpenFlags(Transaction tx, String practitioner) {
        return read(tx,
                tx.handle()
                        .createQuery(
                                """
                                        select assessment.* from assessment join safety_flag on safety_flag.assessment_id = assessment.id and safety_flag.acknowledged_at is null
                                        join treatment on treatment.patient_id = assessment.patient_id and treatment.practitioner = :practitioner
                                        order by safety_flag.raised_at""")
                        .bind("practitioner", practitioner));
    }

    private record Asked(Assessment assessment, Optional<UUID> wording) {

        Assessment in(Map<UUID, Wording> wordings) {
            return wording.map(wordings::get)
                    .map(own -> with(assessment, assessment.instrument().in(own), assessment.answers()))
                    .orElse(assessment);
        }
    }

    private static List<Assessment> read(Transaction tx, Query query) {
        var asked = query.map((row, ctx) -> new Asked(assessment(row),
                Optional.ofNullable(row.getObject("wording_id", UUID.class)))).list();
        if (asked.isEmpty()) {
            return List.of();
        }
        var wordings = WordingStore.find(tx, asked.stream().flatMap(one -> one.wording().stream()).distinct().toList());
        var found = asked.stream().map(one -> one.in(wordings)).toList();
        var seals = tx.sealsOf(found.stream().map(one -> one.patient().toString()).toList());
        var sealOf = found.stream()
                .collect(Collectors.toMap(Assessment::id, one -> seals.apply(one.patient().toString())));
        Map<UUID, List<Answer>> answers = new HashMap<>();
        tx.handle()
                .createQuery("select * from answer where assessment_id = any(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(sealOf.keySet()))
                .map((row, ctx) -> {
                    var assessment = row.getObject("assessment_id", UUID.class);
                    return answers.computeIfAbsent(assessment, id -> new ArrayList<>())
                            .add(answer(row, assessment, Objects.requireNonNull(sealOf.get(assessment))));
                })
                .list();
        return found.stream().map(one -> with(one, one.instrument(), inOrder(one, answers))).toList();
    }

    private static List<Answer> inOrder(Assessment one, Map<UUID, List<Answer>> answers) {
        var order = one.instrument().items().stream().map(Instrument.Item::linkId).toList();
        return answers.getOrDefault(one.id(), List.of())
                .stream()
                .sorted(Comparator.comparingInt(answer -> order.indexOf(answer.linkId())))
                .toList();
    }

    private static Assessment with(Assessment one, Instrument instrument, List<Answer> answers) {
        return new Assessment(one.id(), one.patient(), instrument, one.language(), one.practitioner(),
                one.state(), one.assignedAt(), one.expiresAt(),
                one.savedAt(), one.completedAt(), answers);
    }

    static void save(Transaction tx, Assessment assessment, Answer answer, Instant now) {
        var code = answer instanceof Answer.Chosen chosen
                ? tx.sealOf(assessment.patient().toString())
                        .seal(codeOf(assessment.id(), chosen.linkId()), chosen.code())
                : null;
        tx.handle()
                .createUpdate("""
                        insert into answer (assessment_id, link_id, code) values (:assessment, :item, :code)
                        on conflict (assessment_id, link_id) do update set code = excluded.code""")
                .bind("assessment", assessment.id())
                .bind("item", answer.linkId())
                .bind("code", code)
                .execute();
        tx.handle()
                .createUpdate("update assessment set state = 'DRAFT', saved_at = :now where id = :id")
                .bind("now", now)
                .bind("id", assessment.id())
                .execute();
    }

    static void complete(Transaction tx, UUID assessment, Instant now) {
        tx.handle()
                .createUpdate("update assessment set state = 'COMPLETED', completed_at = :now where id = :id")
                .bind("now", now)
                .bind("id", assessment)
                .execute();
    }

    static void withdraw(Transaction tx, UUID assessment) {
        tx.handle()
                .createUpdate("update assessment set state = 'WITHDRAWN' where id = :id")
                .bind("id", assessment)
                .execute();
    }

    private static Assessment assessment(ResultSet row) throws SQLException {
        var instrument = row.getString("instrument");
        var version = row.getString("instrument_version");
        return new Assessment(row.getObject("id", UUID.class), row.getObject("patient_id", UUID.class),
                Instruments.find(instrument, version)
                        .orElseThrow(() -> new IllegalStateException("No version '" + version + "' of instrument '"
                                + instrument + "' is known; right would be to keep each that was ever asked")),
                row.getString("language"), row.getString("practitioner"), State.valueOf(row.getString("state")),
                row.getTimestamp("assigned_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(), instant(row.getTimestamp("saved_at")),
                instant(row.getTimestamp("completed_at")), List.of());
    }

    private static Answer answer(ResultSet row, UUID assessment, PersonSeal seal) throws SQLException {
        var linkId = row.getString("link_id");
        var code = row.getString("code");
        return code == null
                ? new Answer.Declined(linkId)
                : new Answer.Chosen(linkId, seal.open(codeOf(assessment, linkId), code));
    }

    private static Cell codeOf(UUID assessment, String linkId) {
        return Cell.of("answer", "code", assessment, linkId);
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
