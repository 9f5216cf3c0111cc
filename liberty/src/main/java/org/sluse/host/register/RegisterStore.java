// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.Stage;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantId;

/** Facts and revisions in the control database. Thread-safe, on several nodes too: the same change is recorded once. */
final class RegisterStore {

    private enum Kind {
        MANIFEST, RECIPIENTS, HOST, LOCATION, CONTROLLER
    }

    /** The manifest of a jar. @param fingerprint of the jar, by which a node knows whether its own is the one in force */
    record Jar(String fingerprint, RegisterDocument.Manifest manifest) {}

    private record Stop(Optional<String> recipient, boolean stopped) {}

    private record RollOut(String stage, int percent, List<String> pilots) {}

    /** Who receives data for a module. @param jar fingerprint of the one that says so; empty in what was noted before it was kept */
    record Recipients(List<RegisterDocument.RecipientEntry> recipients, Optional<String> jar) {

        /** Whether nobody receives anything that was not told. */
        boolean isWithin(Recipients told) {
            return recipients.stream().allMatch(one -> one.isWithin(told.recipients()));
        }
    }

    private final ControlDatabase control;
    private final RegisterSeal seal;
    private final ObjectMapper json;
    private final Clock clock;

    RegisterStore(ControlDatabase control, RegisterSeal seal, ObjectMapper json, Clock clock) {
        this.control = control;
        this.seal = seal;
        this.json = json;
        this.clock = clock;
    }

    /** A module's jar is in force from now on, for every clinic; where it was not already, clinics will be told ({@link JarNews}). @return whether it was not */
    boolean describe(String module, Jar jar) {
        return record(Optional.empty(), Kind.MANIFEST, module, write(jar), any -> {
        }, handle -> JarNews.of(handle, module));
    }

    /** Whether this jar is the one in force. */
    boolean isInForce(String module, Jar jar) {
        return newest(Optional.empty(), Kind.MANIFEST, module).filter(Revision.hash(write(jar))::equals).isPresent();
    }

    /** Whether this is what was noted last. */
    boolean isTold(TenantId tenant, String module, Recipients recipients) {
        return newest(Optional.of(tenant), Kind.RECIPIENTS, module).filter(Revision.hash(write(recipients))::equals)
                .isPresent();
    }

    boolean receives(TenantId tenant, String module, Recipients recipients) {
        return record(Optional.of(tenant), Kind.RECIPIENTS, module, write(recipients));
    }

    /** Who was last noted to receive data for a module; empty when nobody ever was. */
    Optional<Recipients> told(TenantId tenant, String module) {
        return control.read(handle -> handle.createQuery("""
                select content from register_fact f join register_content c on c.hash = f.hash
                where tenant = :tenant and kind = :kind and subject = :module order by revision desc limit 1""")
                .bind("tenant", tenant.value())
                .bind("kind", Kind.RECIPIENTS.name())
                .bind("module", module)
                .mapTo(String.class)
                .findOne()
                .map(content -> read(content, Recipients.class)));
    }

    /** @param location id of the one whose clinics it is about */
    boolean host(String location, Fact.Hosted host) {
        return record(Optional.empty(), Kind.HOST, location, write(host));
    }

    /** The clinic's data rests at another location from now on; in the caller's transaction, of which this takes the revision. Its register must be up to date. */
    void place(Handle handle, TenantId tenant, String location) {
        append(handle, ControlDatabase.nextRevision(handle), Optional.of(tenant), Kind.LOCATION, "*",
                write(new Fact.Placed(location)));
    }

    /** Which version of the clinic's particulars is the newest, for {@link #enter}. */
    String entered(TenantId tenant) {
        return version(newest(Optional.of(tenant), Kind.CONTROLLER, "*"));
    }

    /** @param seen the version that whoever enters them has seen */
    boolean enter(TenantId tenant, SeenVersion seen, RegisterDocument.Controller controller) {
        return record(Optional.of(tenant), Kind.CONTROLLER, "*", write(controller),
                newest -> seen.require(version(newest)),
                handle -> {
                });
    }

    private static String version(Optional<String> hash) {
        return hash.map(all -> all.substring(0, 16)).orElse("none");
    }

    /** Signs what has changed since the last revision and gives all of them, oldest first. */
    List<Revision> upToDate(TenantId tenant) {
        var known = control.read(handle -> revisions(handle, tenant));
        if (control.read(handle -> pending(handle, tenant, known)).isEmpty()) {
            return known;
        }
        // Asked before the lock is taken, since it may have to make the key in a transaction of its own.
        seal.prepare();
        control.inTransaction(Act.of("CREATE", "RegisterRevision", tenant.value()).at(tenant), handle -> {
            handle.createQuery("select 1 from tenant where id = :tenant for update")
                    .bind("tenant", tenant.value())
                    .mapTo(int.class)
                    .one();
            var last = revisions(handle, tenant);
            for (var step : pending(handle, tenant, last)) {
                last.add(append(handle, tenant, last, step));
            }
        });
        return control.read(handle -> revisions(handle, tenant));
    }

    String publicKey() {
        return seal.publicKey();
    }

    String sign(String statement) {
        return seal.sign(statement);
    }

    /** A revision's document. */
    RegisterDocument document(Revision revision) {
        return read(revision.content(), RegisterDocument.class);
    }

    private List<History.Step> pending(Handle handle, TenantId tenant, List<Revision> known) {
        var facts = facts(handle, tenant);
        var founding = handle.createQuery("select name, location, created_at from tenant where id = :tenant")
                .bind("tenant", tenant.value())
                .map((row, context) -> {
                    var at = row.getTimestamp(3).toInstant();
                    // What the first revision says: the clinic may have been moved since.
                    var location = known.isEmpty() ? row.getString(2) : document(known.getFirst()).location();
                    return new History.Founding(tenant, row.getString(1), location, at,
                            known.isEmpty() ? History.through(at, facts) : known.getFirst().fact());
                })
                .one();
        var steps = History.steps(founding, facts);
        return known.isEmpty()
                ? steps
                : steps.stream().filter(step -> step.fact() > known.getLast().fact()).toList();
    }

    private Revision append(Handle handle, TenantId tenant, List<Revision> before, History.Step step) {
        var number = before.size() + 1;
        var previous = before.isEmpty() ? Revision.NONE : before.getLast().hash();
        var content = write(step.document());
        var document = Revision.hash(content);
        var now = now();
        var statement = Revision.statement(tenant.value(), number, step.at(), now, document, previous);
        var revision = new Revision(number, step.fact(), step.at(), now, document, previous, Revision.hash(statement),
                seal.sign(statement), content);
        keep(handle, content);
        handle.createUpdate(
                """
                        insert into register_revision (tenant, number, fact, at, recorded_at, document, previous, hash, signature)
                        values (:tenant, :number, :fact, :at, :recordedAt, :document, :previous, :hash, :signature)""")
                .bind("tenant", tenant.value())
                .bindMethods(revision)
                .execute();
        return revision;
    }

    private static List<Revision> revisions(Handle handle, TenantId tenant) {
        return new ArrayList<>(handle.createQuery("""
                select number, fact, at, recorded_at, document, previous, r.hash, signature, content
                from register_revision r join register_content c on c.hash = r.document
                where tenant = :tenant order by number""")
                .bind("tenant", tenant.value())
                .map((row, context) -> new Revision(row.getInt(1), row.getLong(2), row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4).toInstant(), row.getString(5), row.getString(6), row.getString(7),
                        row.getString(8), row.getString(9)))
                .list());
    }

    private List<Fact> facts(Handle handle, TenantId tenant) {
        return handle
                .createQuery(
                        """
                                select revision, at, 'SWITCH', plugin, (state = 'ON')::text from toggle where tenant = :tenant
                                union all
                                select revision, at, 'STOP', plugin, json_build_object('recipient', recipient, 'stopped', killed)::text from kill
                                union all
                                select revision, at, 'ROLL_OUT', plugin, json_build_object('stage', stage, 'percent', percent, 'pilots', pilots)::text from rollout
                                union all
                                select revision, at, kind, subject, content
                                from register_fact f join register_content c on c.hash = f.hash where tenant = :tenant or tenant is null
                                order by revision""")
                .bind("tenant", tenant.value())
                .map((row, context) -> new Fact(row.getLong(1), row.getTimestamp(2).toInstant(),
                        change(row.getString(3), row.getString(4), row.getString(5))))
                .list();
    }

    private Fact.Change change(String kind, String subject, String content) {
        return switch (kind) {
            case "SWITCH" -> new Fact.Switched(subject, Boolean.parseBoolean(content));
            case "STOP" -> {
                var stop = read(content, Stop.class);
                yield new Fact.Stopped(subject, stop.recipient(), stop.stopped());
            }
            case "ROLL_OUT" -> {
                var to = read(content, RollOut.class);
                yield new Fact.RolledOut(subject, Stage.of(to.stage(), to.percent(), to.pilots()));
            }
            default -> switch (Kind.valueOf(kind)) {
                case MANIFEST -> new Fact.Described(subject, read(content, Jar.class).manifest());
                case RECIPIENTS -> new Fact.Receives(subject, read(content, Recipients.class).recipients());
                case LOCATION -> read(content, Fact.Placed.class);
                case HOST -> new Fact.HostedAt(subject, read(content, Fact.Hosted.class));
                case CONTROLLER -> new Fact.Entered(read(content, RegisterDocument.Controller.class));
            };
        };
    }

    private boolean record(Optional<TenantId> tenant, Kind kind, String subject, String content) {
        return record(tenant, kind, subject, content, any -> {
        }, handle -> {
        });
    }

    /** @param allowed throws when what is there is not what this may follow on: the hash of the newest @param also what goes with it, when it is news */
    private boolean record(Optional<TenantId> tenant, Kind kind, String subject, String content,
            Consumer<Optional<String>> allowed, Consumer<Handle> also) {
        var hash = Revision.hash(content);
        var before = newest(tenant, kind, subject);
        allowed.accept(before);
        if (before.filter(hash::equals).isPresent()) {
            return false;
        }
        control.inTransaction("CHANGE", "RegisterFact", tenant.map(TenantId::value).orElse("*") + "/" + kind + "/"
                + subject, handle -> {
                    // The revision's row lock comes first: of two nodes with the same news, the second finds that it is no longer news.
                    var revision = ControlDatabase.nextRevision(handle);
                    var newest = newest(handle, tenant, kind, subject);
                    allowed.accept(newest);
                    if (newest.filter(hash::equals).isPresent()) {
                        return;
                    }
                    append(handle, revision, tenant, kind, subject, content);
                    also.accept(handle);
                });
        return true;
    }

    private void append(Handle handle, long revision, Optional<TenantId> tenant, Kind kind, String subject,
            String content) {
        keep(handle, content);
        handle.createUpdate(
                "insert into register_fact (revision, tenant, kind, subject, hash, at) values (:revision, :tenant, :kind, :subject, :hash, :at)")
                .bind("revision", revision)
                .bind("tenant", tenant.map(TenantId::value))
                .bind("kind", kind.name())
                .bind("subject", subject)
                .bind("hash", Revision.hash(content))
                .bind("at", now())
                .execute();
    }

    private Optional<String> newest(Optional<TenantId> tenant, Kind kind, String subject) {
        return control.read(handle -> newest(handle, tenant, kind, subject));
    }

    private static Optional<String> newest(Handle handle, Optional<TenantId> tenant, Kind kind, String subject) {
        return handle.createQuery(
                "select hash from register_fact where tenant is not distinct from :tenant and kind = :kind and subject = :subject order by revision desc limit 1")
                .bind("tenant", tenant.map(TenantId::value))
                .bind("kind", kind.name())
                .bind("subject", subject)
                .mapTo(String.class)
                .findOne();
    }

    private static void keep(Handle handle, String content) {
        handle.createUpdate(
                "insert into register_content (hash, content) values (:hash, :content) on conflict do nothing")
                .bind("hash", Revision.hash(content))
                .bind("content", content)
                .execute();
    }

    /** As fine as PostgreSQL keeps it, so that what is signed is what is read again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String write(Object content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A register's content is not JSON", impossible);
        }
    }

    private <T> T read(String content, Class<T> type) {
        try {
            return json.readValue(content, type);
        } catch (JsonProcessingException altered) {
            throw new IllegalStateException("A register's content is not what was written", altered);
        }
    }
}
