// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.sluse.host.backup.Backups;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Nodes;
import org.sluse.host.location.Locations;
import org.sluse.host.look.Look;
import org.sluse.host.module.Modules;
import org.sluse.host.people.TwoPeople;
import org.sluse.host.register.Register;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * Destroys clinics that want to leave. Up to one transaction of the control database everything can be taken back; from then on there is no such clinic, and what is left of it is destroyed by this node, or by the next one of the
 * location that looks, until its certificate says so. Thread-safe; blocks for as long as the counting needs.
 */
@OnePerNode
public final class OffBoarding {

    private static final Logger LOG = Logger.getLogger(OffBoarding.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    /** Longer than a node decides anything without having heard of it. */
    private static final Duration UNTIL_EVERY_NODE_KNOWS = Duration.ofSeconds(15);

    /** Tables of the control database with rows of a clinic that go with it, in an order in which they can. */
    static final List<String> OF_A_CLINIC = List.of("toggle", "register_fact", "register_notice", "paper",
            "operator_notice", "comparison", "backup", "restore_drill", "session_end");

    private static final RowMapper<Certificate> CERTIFICATE = (row, context) -> new Certificate(row.getString(1),
            row.getObject(2, UUID.class), row.getTimestamp(3).toInstant(), row.getString(4), row.getString(5),
            row.getString(6));

    private final Look look = new Look("off-boarding");
    private final ControlDatabase control;
    private final TenantDatabases databases;
    private final Backups backups;
    private final LeaveRequests requests;
    private final TwoPeople twoPeople;
    private final Locations locations;
    private final Installation installation;
    private final Binding binding;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    /** The rest of the installation, as this sees it. */
    interface Installation {
        /** No module is on at the bound clinic when this returns. */
        void switchAllOff();

        /** Returns when every node has the revision in force, or decides nothing any more. */
        void await(long revision);

        /** Signs a statement: Ed25519, Base64. */
        String sign(String statement);

        /** PEM. */
        String publicKey();
    }

    /** A row of {@code off_boarding}. */
    private record Leaving(TenantId clinic, UUID certificate, String name, String location, String askedBy,
            Instant askedAt, String confirmedBy, Instant begunAt, Optional<String> inventory) {}

    /**
     * What would be destroyed, or was.
     *
     * @param request who wants it; absent when nobody does, or it is done
     * @param rows in all tables @param tables how many
     * @param bytes of the clinic's database
     * @param certificate absent before it is done
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OffBoardingView(String tenant, String clinic, Optional<LeaveRequests.RequestView> request, long rows,
            int tables, long bytes, int backups, int keyCopies, Optional<UUID> certificate) {}

    /**
     * A certificate, and what it was signed with.
     *
     * @param publicKey Ed25519, PEM
     * @param text what it says, for people; what is signed is the content
     */
    public record CertificateView(String tenant, UUID certificate, Instant issuedAt, String publicKey, String content,
            String hash, String signature, String text) {}

    @Inject
    OffBoarding(ControlDatabase control, TenantDatabases databases, Backups backups, LeaveRequests requests,
            TwoPeople twoPeople, Locations locations, Modules modules, Nodes nodes, Register register, Binding binding,
            ObjectMapper json, Ids ids, Clock clock) {
        this(control, databases, backups, requests, twoPeople, locations, new Installation() {
            @Override
            public void switchAllOff() {
                modules.switchAllOff();
            }

            @Override
            public void await(long revision) {
                nodes.await(revision, UNTIL_EVERY_NODE_KNOWS);
            }

            @Override
            public String sign(String statement) {
                return register.sign(statement);
            }

            @Override
            public String publicKey() {
                return register.publicKey();
            }
        }, binding, json, ids, clock);
    }

    OffBoarding(ControlDatabase control, TenantDatabases databases, Backups backups, LeaveRequests requests,
            TwoPeople twoPeople, Locations locations, Installation installation, Binding binding, ObjectMapper json,
            Ids ids, Clock clock) {
        this.control = control;
        this.databases = databases;
        this.backups = backups;
        this.requests = requests;
        this.twoPeople = twoPeople;
        this.locations = locations;
        this.installation = installation;
        this.binding = binding;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Destroys, from now on, what a node of this location has left. */
    public void start() {
        look.every(BETWEEN_LOOKS, this::putRight);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /** What would be destroyed of the bound clinic, as of now; changes nothing. */
    public OffBoardingView plan() {
        return view(requests.find(), counted(binding.tenant().id()), Optional.empty());
    }

    /**
     * Carries out what an administrator of the bound clinic has asked for. Where it has none, the first of the operator's people who calls this asks, and another one carries it out.
     *
     * @return without a certificate when it was only asked for
     * @throws ProblemException {@code problem/conflict} when nobody has asked, or the caller is no second person, or it cannot be done now; nothing is destroyed then. {@code problem/unavailable} when the clinic is no more and not all of it could be
     *         destroyed yet
     */
    public OffBoardingView carryOut() {
        var clinic = binding.tenant().id();
        var request = requests.find();
        if (request.isEmpty()) {
            if (twoPeople.hasAdministrator()) {
                var why = "No administrator of the clinic '" + clinic
                        + "' has asked for it; right would be that one does, on the page Leave";
                throw new ProblemException(Problem.CONFLICT, why, List.of(new FieldError("", "not-asked", why)));
            }
            return view(Optional.of(requests.ask()), counted(clinic), Optional.empty());
        }
        var second = twoPeople.second(request.get().askedBy());
        try (var _ = control.hold("move " + clinic)
                .orElseThrow(() -> conflict("The clinic '" + clinic + "' is being moved or off-boarded already"));
                var _ = control.hold(Backups.hold(clinic))
                        .orElseThrow(() -> conflict("A backup of clinic '" + clinic
                                + "' is being made; right would be to try again when it is over"))) {
            // A place that is away is met now, and not when there is no way back.
            backups.stored(clinic);
            installation.switchAllOff();
            var leaving = new Leaving(clinic, ids.next(), binding.tenant().name(), locations.own().id(),
                    twoPeople.name(request.get().askedBy()), request.get().askedAt(), second.id(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS), Optional.empty());
            end(leaving, request.get());
            var inventory = finishNow(leaving);
            LOG.info("clinic-off-boarded tenant=" + clinic + " certificate=" + leaving.certificate());
            return view(Optional.empty(), inventory, Optional.of(leaving.certificate()));
        }
    }

    private OffBoardingView view(Optional<LeaveRequest> request, Inventory inventory, Optional<UUID> certificate) {
        return new OffBoardingView(binding.tenant().id().value(), binding.tenant().name(), request.map(requests::view),
                inventory.rows(), inventory.tables().size(), inventory.bytes(), inventory.stored().backups(),
                inventory.stored().keyCopies(), certificate);
    }

    /** There is no such clinic when this returns, on no node. */
    private void end(Leaving leaving, LeaveRequest request) {
        var clinic = leaving.clinic();
        var revision = new AtomicLong();
        control.inTransaction(Act.of("START", "OffBoarding", clinic + "/" + request.askedBy()).at(clinic), handle -> {
            requests.take(handle, request);
            if (handle.createQuery("select 1 from move where tenant = :tenant")
                    .bind("tenant", clinic.value())
                    .mapTo(int.class)
                    .findOne()
                    .isPresent()) {
                throw conflict(
                        "A move of clinic '" + clinic + "' is not over; right would be to try again in a minute");
            }
            handle.createUpdate(
                    """
                            insert into off_boarding (tenant, certificate, name, location, asked_by, asked_at, confirmed_by, begun_at)
                            values (:clinic, :certificate, :name, :location, :askedBy, :askedAt, :confirmedBy, :begunAt)""")
                    .bind("clinic", clinic.value())
                    .bind("certificate", leaving.certificate())
                    .bind("name", leaving.name())
                    .bind("location", leaving.location())
                    .bind("askedBy", leaving.askedBy())
                    .bind("askedAt", leaving.askedAt())
                    .bind("confirmedBy", leaving.confirmedBy())
                    .bind("begunAt", leaving.begunAt())
                    .execute();
            forget(handle, clinic);
            revision.set(ControlDatabase.nextRevision(handle));
        });
        installation.await(revision.get());
    }

    private static void forget(Handle handle, TenantId clinic) {
        var contents = handle.createQuery("select hash from register_fact where tenant = :tenant")
                .bind("tenant", clinic.value())
                .mapTo(String.class)
                .list();
        OF_A_CLINIC.forEach(table -> handle.createUpdate("delete from " + table + " where tenant = :tenant")
                .bind("tenant", clinic.value())
                .execute());
        handle.createUpdate("""
                delete from register_content where hash = any(:contents)
                and not exists (select 1 from register_fact where register_fact.hash = register_content.hash)
                and not exists (select 1 from register_revision where document = register_content.hash)""")
                .bindArray("contents", String.class, contents)
                .execute();
        for (var table : List.of("scheduled_tasks", "timer_wake")) {
            handle.createUpdate("delete from " + table + " where task_instance = :tenant")
                    .bind("tenant", clinic.value())
                    .execute();
        }
        handle.createUpdate("delete from tenant where id = :tenant").bind("tenant", clinic.value()).execute();
    }

    /** What nodes of this location that died have left. */
    void putRight() {
        leaving().forEach(one -> control.hold("move " + one.clinic()).ifPresent(held -> {
            try (held;
                    var _ = control.hold(Backups.hold(one.clinic()))
                            .orElseThrow(() -> conflict("a backup is being written"))) {
                // Read again: another node may have finished it before this one held it.
                leaving().filter(one::equals).forEach(this::finish);
            } catch (RuntimeException failed) {
                notFinished(one, failed);
            }
        }));
    }

    private Stream<Leaving> leaving() {
        return control.read(handle -> handle
                .createQuery(
                        """
                                select tenant, certificate, name, location, asked_by, asked_at, confirmed_by, begun_at, inventory
                                from off_boarding where location = :own order by begun_at""")
                .bind("own", locations.own().id())
                .map((row, context) -> new Leaving(new TenantId(row.getString(1)), row.getObject(2, UUID.class),
                        row.getString(3), row.getString(4), row.getString(5), row.getTimestamp(6).toInstant(),
                        row.getString(7), row.getTimestamp(8).toInstant(), Optional.ofNullable(row.getString(9))))
                .list()
                .stream());
    }

    private Inventory finishNow(Leaving leaving) {
        try {
            return finish(leaving);
        } catch (RuntimeException failed) {
            notFinished(leaving, failed);
            throw new ProblemException(Problem.UNAVAILABLE, "The clinic '" + leaving.clinic()
                    + "' is no more, and what is left of it is destroyed by itself as soon as that can be"
                    + (failed instanceof ProblemException why ? " (" + why.getMessage() + ")" : "")
                    + "; sluse tenant certificate says when it is done");
        }
    }

    private static void notFinished(Leaving leaving, RuntimeException failed) {
        LOG.log(Level.SEVERE, "off-boarding-not-finished tenant={0} cause={1}", new Object[]{leaving.clinic(),
                failed instanceof ProblemException why ? why.getMessage() : failed.getClass().getName()});
    }

    /** Of a clinic that the caller holds. Each step is found done when it is taken again. */
    private Inventory finish(Leaving leaving) {
        var clinic = leaving.clinic();
        var inventory = leaving.inventory()
                .map(noted -> parsed(noted, Inventory.class))
                .orElseGet(() -> closed(leaving));
        databases.drop(clinic);
        // Another node may have written one of these while the clinic ended; when the certificate is issued, none is there.
        backups.removeAll(clinic, inventory.stored());
        if (stored(clinic).isEmpty()) {
            issue(leaving, inventory);
        }
        backups.markLeft(clinic);
        control.inTransaction(Act.of("SETTLE", "OffBoarding", clinic.value()).at(clinic),
                handle -> handle.createUpdate("delete from off_boarding where tenant = :tenant")
                        .bind("tenant", clinic.value())
                        .execute());
        return inventory;
    }

    /** What there is once nobody can write any more. Noted before anything of it goes. */
    private Inventory closed(Leaving leaving) {
        var clinic = leaving.clinic();
        databases.bar(clinic);
        var inventory = counted(clinic);
        control.write(
                handle -> handle.createUpdate("update off_boarding set inventory = :inventory where tenant = :tenant")
                        .bind("inventory", written(inventory))
                        .bind("tenant", clinic.value())
                        .execute());
        return inventory;
    }

    private Inventory counted(TenantId clinic) {
        var stored = backups.stored(clinic);
        var revisions = control
                .read(handle -> handle.createQuery("select count(*) from register_revision where tenant = :tenant")
                        .bind("tenant", clinic.value())
                        .mapTo(int.class)
                        .one());
        return databases.snapshot(clinic, handle -> Inventory.of(handle, stored, revisions));
    }

    private void issue(Leaving leaving, Inventory destroyed) {
        var clinic = leaving.clinic().value();
        var kept = Stream
                .of("operator-log", "certificate", "witness", "elsewhere",
                        destroyed.registerRevisions() > 0 ? "register" : "")
                .filter(word -> !word.isEmpty())
                .toList();
        var content = written(new Certificate.Document(leaving.certificate(), clinic, leaving.name(),
                leaving.location(), leaving.askedBy(), leaving.askedAt(), leaving.confirmedBy(), leaving.begunAt(),
                destroyed, kept));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var statement = Certificate.statement(clinic, leaving.certificate(), now, content);
        var certificate = new Certificate(clinic, leaving.certificate(), now, content, Certificate.hash(statement),
                installation.sign(statement));
        control.inTransaction(Act.of("DELETE", "Tenant", clinic).at(leaving.clinic()), handle -> handle.createUpdate(
                """
                        insert into off_boarding_certificate (tenant, id, issued_at, content, hash, signature)
                        values (:tenant, :id, :issuedAt, :content, :hash, :signature)""")
                .bind("tenant", clinic)
                .bind("id", certificate.id())
                .bind("issuedAt", certificate.issuedAt())
                .bind("content", certificate.content())
                .bind("hash", certificate.hash())
                .bind("signature", certificate.signature())
                .execute());
    }

    /** The certificate of a clinic that has left. @throws ProblemException {@code problem/not-found} when none of this id has */
    public CertificateView get(String tenant, Texts texts, Language language) {
        var found = (TenantId.isValid(tenant) ? stored(new TenantId(tenant)) : Optional.<Certificate>empty())
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No clinic '" + tenant + "' has left"));
        return new CertificateView(found.tenant(), found.id(), found.issuedAt(), installation.publicKey(),
                found.content(), found.hash(), found.signature(),
                CertificateText.of(found, parsed(found.content(), Certificate.Document.class), texts, language));
    }

    Optional<Certificate> stored(TenantId clinic) {
        return control.read(handle -> handle
                .createQuery(
                        "select tenant, id, issued_at, content, hash, signature from off_boarding_certificate where tenant = :tenant")
                .bind("tenant", clinic.value())
                .map(CERTIFICATE)
                .findOne());
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of the host's cannot be written as JSON", impossible);
        }
    }

    private <T> T parsed(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException altered) {
            throw new IllegalStateException("What was noted of an off-boarding was altered", altered);
        }
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(Problem.CONFLICT, why);
    }
}
