// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.patient.Patient.Earlier;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantContext;

/** Use cases around patients: add, find, show, correct. A practitioner sees only those whom they treat. */
@Dependent
public final class Patients {

    /** The clinic's number belongs to another patient; the error at {@code /number} says whether a colleague treats them. */
    public static final Problem EXISTS = new Problem("patient-exists", "Another patient has this number", 409);

    private static final Pattern NUMBER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}/-]{0,39}");
    private static final int LARGEST_LIST = 200;
    private static final String TABLE = "patient";
    private static final String EARLIER = "earlier_patient";
    private static final String TREATED = """
            select patient.* from patient join treatment on treatment.patient_id = patient.id and treatment.practitioner = :practitioner""";

    private final TenantDatabase database;
    private final TenantContext context;
    private final Clock clock;
    private final Ids ids;
    private final PatientChanges changes;

    @Inject
    public Patients(TenantDatabase database, TenantContext context, Clock clock, Ids ids, PatientChanges changes) {
        this.database = database;
        this.context = context;
        this.clock = clock;
        this.ids = ids;
        this.changes = changes;
    }

    /**
     * Adds a patient, treated by whoever adds. Adding one whom the practitioner treats already changes nothing.
     *
     * @throws ProblemException {@code not-allowed-value}, or {@link #EXISTS} when a colleague has added the number
     */
    Patient add(String number, String name) {
        check(number, name);
        var id = ids.next();
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Patient", id.toString()).about(id.toString()),
                tx -> {
                    var now = clock.instant();
                    var index = tx.indexOf(TABLE, "number", number);
                    // Looked for first: a key that was made for nobody would be left behind.
                    if (isTaken(tx, index) || !insert(tx, new Patient(id, number, name, now, 1), index)) {
                        return find(tx, "patient.number_index = :value", index)
                                .orElseThrow(() -> exists("number-colleague"));
                    }
                    tx.handle()
                            .createUpdate(
                                    "insert into treatment (patient_id, practitioner, since) values (:id, :practitioner, :now)")
                            .bind("id", id)
                            .bind("practitioner", practitioner())
                            .bind("now", now)
                            .execute();
                    changes.changed(tx, id);
                    return new Patient(id, number, name, now, 1);
                });
    }

    private static boolean isTaken(Transaction tx, byte[] index) {
        return tx.handle()
                .createQuery("select 1 from patient where number_index = :index")
                .bind("index", index)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /** False when somebody was faster. */
    private static boolean insert(Transaction tx, Patient patient, byte[] index) {
        var seal = tx.sealOf(patient.id().toString());
        return tx.handle()
                .createUpdate(
                        """
                                insert into patient (id, number, number_index, name, since) values (:id, :number, :index, :name, :since)
                                on conflict do nothing""")
                .bind("id", patient.id())
                .bind("number", seal.seal(Cell.of(TABLE, "number", patient.id()), patient.number()))
                .bind("index", index)
                .bind("name", seal.seal(Cell.of(TABLE, "name", patient.id()), patient.name()))
                .bind("since", patient.since())
                .execute() == 1;
    }

    /**
     * Puts number and name right, and keeps what stood there before. What was sent keeps the number that it was sent with. Saving what stands there already changes nothing.
     *
     * @param seen the version that whoever corrects has seen
     * @throws ProblemException not found, {@code not-allowed-value}, {@link #EXISTS} when the number is another patient's, {@link Problem#CHANGED_MEANWHILE} when somebody was faster, or
     *         {@link Problem#VERSION_NOT_SAID}
     */
    Patient correct(String id, SeenVersion seen, String number, String name) {
        check(number, name);
        return database.inTransaction(
                AuditEntry.of(AuditAction.CHANGE, "Patient", shortened(id)).about(shortened(id)), tx -> {
                    alone(tx);
                    var patient = require(tx, id);
                    seen.require(patient.version());
                    if (patient.number().equals(number) && patient.name().equals(name)) {
                        return patient;
                    }
                    var right = new Patient(patient.id(), number, name, patient.since(), patient.version() + 1);
                    var index = tx.indexOf(TABLE, "number", number);
                    tx.handle()
                            .createQuery("select id from patient where number_index = :index and id <> :id")
                            .bind("index", index)
                            .bind("id", patient.id())
                            .mapTo(UUID.class)
                            .findOne()
                            .ifPresent(other -> {
                                throw exists(find(tx, "patient.id = :value", other).isPresent()
                                        ? "number-yours"
                                        : "number-colleague");
                            });
                    var seal = tx.sealOf(patient.id().toString());
                    tx.handle()
                            .createUpdate(
                                    "update patient set number = :number, number_index = :index, name = :name, version = :version where id = :id")
                            .bind("number", seal.seal(Cell.of(TABLE, "number", patient.id()), number))
                            .bind("index", index)
                            .bind("name", seal.seal(Cell.of(TABLE, "name", patient.id()), name))
                            .bind("version", right.version())
                            .bind("id", patient.id())
                            .execute();
                    keep(tx, patient, seal);
                    changes.needsChanged(tx, patient.id());
                    return right;
                });
    }

    private void keep(Transaction tx, Patient before, PersonSeal seal) {
        var row = new Object[]{before.id(), before.version()};
        tx.handle()
                .createUpdate(
                        """
                                insert into earlier_patient (patient_id, version, number, name, until, changed_by)
                                values (:id, :version, :number, :name, :until, :by)""")
                .bind("id", before.id())
                .bind("version", before.version())
                .bind("number", seal.seal(Cell.of(EARLIER, "number", row), before.number()))
                .bind("name", seal.seal(Cell.of(EARLIER, "name", row), before.name()))
                .bind("until", clock.instant())
                .bind("by", practitioner())
                .execute();
    }

    /** What number and name were before, the latest first. @throws ProblemException not found */
    List<Earlier> earlier(String id) {
        return database.inTransaction(AuditEntry.list("Patient").about(shortened(id)), tx -> {
            var patient = require(tx, id);
            var seal = tx.sealOf(patient.id().toString());
            return tx.handle()
                    .createQuery("select * from earlier_patient where patient_id = :id order by version desc")
                    .bind("id", patient.id())
                    .map((row, ctx) -> {
                        var key = new Object[]{patient.id(), row.getInt("version")};
                        return new Earlier(row.getInt("version"),
                                seal.open(Cell.of(EARLIER, "number", key), row.getString("number")),
                                seal.open(Cell.of(EARLIER, "name", key), row.getString("name")),
                                row.getTimestamp("until").toInstant(), row.getString("changed_by"));
                    })
                    .list();
        });
    }

    private static ProblemException exists(String code) {
        var detail = "Another patient has this number; right would be another number, or to ask whoever treats them";
        return new ProblemException(EXISTS, detail, List.of(new FieldError("/number", code, detail)));
    }

    private static void check(String number, String name) {
        var errors = new ArrayList<FieldError>();
        if (!NUMBER.matcher(number).matches()) {
            errors.add(new FieldError("/number", "patient-number",
                    "The number is not 1 to 40 letters, digits, hyphens and slashes"));
        }
        if (name.length() > 80 || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("/name", "name", "The name has more than 80 characters or control characters"));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE, "The patient cannot be kept like this", errors);
        }
    }

    /** Those whose number or name contains {@code text}, the latest first; all for the empty text. */
    List<Patient> search(String text) {
        var part = text.strip().toLowerCase(Locale.ROOT);
        // Numbers and names are sealed: whoever is treated by the practitioner is opened and looked at here.
        return database.inTransaction(AuditEntry.list("Patient"),
                tx -> {
                    var found = opened(tx, tx.handle().createQuery(TREATED).bind("practitioner", practitioner()))
                            .filter(one -> one.number().toLowerCase(Locale.ROOT).contains(part)
                                    || one.name().toLowerCase(Locale.ROOT).contains(part))
                            .sorted(Comparator.comparing(Patient::since).reversed().thenComparing(Patient::number))
                            .limit(LARGEST_LIST)
                            .toList();
                    found.stream()
                            .map(one -> one.id().toString())
                            .forEach(id -> tx.record(AuditEntry.read("Patient", id).about(id)));
                    return found;
                });
    }

    /**
     * A list is read: an entry for each patient who is in it, so that each of them can be told.
     *
     * @param objectType of what the list has
     * @param touched whom it is about; each counts once
     */
    public static void recordEach(Transaction tx, String objectType, Stream<UUID> touched) {
        touched.distinct().forEach(id -> tx.record(AuditEntry.list(objectType).about(id.toString())));
    }

    /** @throws ProblemException not found: nobody has this id, or nobody whom the practitioner treats */
    Patient get(String id) {
        return database.inTransaction(AuditEntry.read("Patient", shortened(id)).about(shortened(id)),
                tx -> require(tx, id));
    }

    /**
     * The patient, if the acting practitioner treats them.
     *
     * @param id as it came in; anything that is no id is not found
     * @throws ProblemException not found
     */
    public Patient require(Transaction tx, String id) {
        return parse(id).flatMap(uuid -> find(tx, "patient.id = :value", uuid)).orElseThrow(ProblemException::notFound);
    }

    private Optional<Patient> find(Transaction tx, String condition, Object value) {
        return opened(tx, tx.handle()
                .createQuery(TREATED + " where " + condition)
                .bind("practitioner", practitioner())
                .bind("value", value)).findFirst();
    }

    /** The patient, whoever asks: for the holder of a link and for delivery, which have their right from elsewhere. */
    public Patient known(Transaction tx, UUID id) {
        return opened(tx, tx.handle().createQuery("select * from patient where id = :id").bind("id", id)).findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no patient with this id"));
    }

    /** The patient whose internal id or number this is, whoever asks: for the patient's own rights. */
    public Optional<Patient> ofSubject(Transaction tx, String idOrNumber) {
        return opened(tx,
                tx.handle()
                        .createQuery(
                                "select * from patient where id::text = :subject or number_index = :index for update")
                        .bind("subject", idOrNumber)
                        .bind("index", tx.indexOf(TABLE, "number", idOrNumber)))
                .findFirst();
    }

    /** Whether no other patient has the number now. */
    public boolean hasNobodyElse(Transaction tx, String number, UUID patient) {
        return tx.handle()
                .createQuery("select 1 from patient where number_index = :index and id <> :id")
                .bind("index", tx.indexOf(TABLE, "number", number))
                .bind("id", patient)
                .mapTo(int.class)
                .findOne()
                .isEmpty();
    }

    /** From now on this practitioner treats the patient too; nothing changes when they do already. */
    public void takeOver(Transaction tx, UUID patient, String practitioner, Instant now) {
        tx.handle()
                .createUpdate("""
                        insert into treatment (patient_id, practitioner, since) values (:patient, :practitioner, :now)
                        on conflict do nothing""")
                .bind("patient", patient)
                .bind("practitioner", practitioner)
                .bind("now", now)
                .execute();
        tx.record(AuditEntry.of(AuditAction.CHANGE, "Patient", patient.toString()).about(patient.toString()));
    }

    /** Until this transaction ends nobody else adds, corrects or erases a patient; reading goes on. First of all that is locked. */
    public static void alone(Transaction tx) {
        tx.handle().execute("lock table patient in share row exclusive mode");
    }

    /** Deletes the patient and everything that goes with them; open pages of whoever treats them notice. */
    public void erase(Transaction tx, UUID id) {
        changes.needsChanged(tx, id);
        tx.handle().createUpdate("delete from patient where id = :id").bind("id", id).execute();
    }

    private String practitioner() {
        var actor = context.actor();
        if (actor.kind() != Actor.Kind.STAFF) {
            throw new IllegalStateException("Only staff treat patients; " + actor.kind() + " acts");
        }
        return actor.id();
    }

    /** The id that {@code text} is, or empty. */
    public static Optional<UUID> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static String shortened(String id) {
        return parse(id).map(UUID::toString).orElse("*");
    }

    /** A row as it lies in the table. */
    private record Sealed(UUID id, String number, String name, Instant since, int version) {

        Patient opened(PersonSeal seal) {
            return new Patient(id, seal.open(Cell.of(TABLE, "number", id), number),
                    seal.open(Cell.of(TABLE, "name", id), name), since, version);
        }
    }

    private static Stream<Patient> opened(Transaction tx, Query query) {
        var found = query.map((row, ctx) -> new Sealed(row.getObject("id", UUID.class), row.getString("number"),
                row.getString("name"), row.getTimestamp("since").toInstant(), row.getInt("version"))).list();
        var seals = tx.sealsOf(found.stream().map(one -> one.id().toString()).toList());
        return found.stream().map(one -> one.opened(seals.apply(one.id().toString())));
    }
}
