// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.link;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Sha256;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** Links of one plugin, in the table {@code one_time_link} of its schema. A code is {@code <link id>.<secret>}. */
public final class JdbiLinks implements Links {

    /** What {@link Ids#token()} gives. Nothing else reaches the database or the audit trail. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** The browser keeps its cookie beyond the link's end, which may be put off meanwhile; whether the link works is decided here alone. */
    private static final Duration COOKIE_LONGER = Duration.ofDays(90);

    private final Supplier<PluginId> owner;
    private final TenantDatabase database;
    private final TenantDatabases databases;
    private final TenantContext context;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;

    JdbiLinks(Supplier<PluginId> owner, TenantDatabase database, TenantDatabases databases, TenantContext context,
            HostSettings settings, Clock clock, Ids ids) {
        this.owner = owner;
        this.database = database;
        this.databases = databases;
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    private record Row(String objectId, byte[] codeHash, Optional<byte[]> heldBy, Instant expiresAt,
            boolean withdrawn) {}

    @Override
    public String issue(Transaction tx, String objectId, Instant expires) {
        var id = ids.token();
        var secret = ids.token();
        tx.handle()
                .createUpdate(
                        "insert into one_time_link (id, object_id, code_hash, expires_at) values (:id, :object, :hash, :expires)")
                .bind("id", id)
                .bind("object", objectId)
                .bind("hash", Sha256.of(secret))
                .bind("expires", expires)
                .execute();
        return id + "." + secret;
    }

    /** A code as it was typed or pasted: the id of a link that may exist, and the hash of the secret. */
    private record Code(String id, byte[] hash) {

        static Optional<Code> parse(String code) {
            var dot = code.indexOf('.');
            return dot < 0 || !ID.matcher(code.substring(0, dot)).matches()
                    ? Optional.empty()
                    : Optional.of(new Code(code.substring(0, dot), Sha256.of(code.substring(dot + 1))));
        }
    }

    @Override
    public Optional<String> objectOf(String code) {
        return Code.parse(code)
                .flatMap(parts -> databases.lookUp(context.tenant().id(), owner.get(),
                        handle -> find(handle, parts.id(), "")
                                .filter(found -> MessageDigest.isEqual(found.codeHash(), parts.hash()))
                                .map(Row::objectId)));
    }

    @Override
    public Held exchange(String code, String cookies) {
        var parts = Code.parse(code).orElseThrow(JdbiLinks::notInUse);
        var id = parts.id();
        return database.inTransaction(AuditEntry.of(AuditAction.SIGN_IN, "Link", id), tx -> {
            // The row lock decides between two browsers that exchange at the same moment.
            var row = find(tx.handle(), id, " for update")
                    .filter(found -> MessageDigest.isEqual(found.codeHash(), parts.hash()))
                    .orElseThrow(JdbiLinks::notInUse);
            var name = LinkCookie.name(context.tenant().id(), id, settings.publicUrl());
            var held = LinkCookie.value(cookies, name);
            if (row.withdrawn()) {
                throw notInUse();
            }
            if (!clock.instant().isBefore(row.expiresAt())) {
                throw new ProblemException(Problem.LINK_EXPIRED, "The link has expired; the clinic can make a new one");
            }
            if (row.heldBy().isPresent()) {
                if (held.isEmpty() || !MessageDigest.isEqual(row.heldBy().get(), Sha256.of(held.get()))) {
                    throw notInUse();
                }
                return held(row, id, name, held.get());
            }
            var secret = ids.token();
            tx.handle()
                    .createUpdate("update one_time_link set held_by = :hash where id = :id")
                    .bind("hash", Sha256.of(secret))
                    .bind("id", id)
                    .execute();
            return held(row, id, name, secret);
        });
    }

    private Held held(Row row, String id, String cookie, String secret) {
        return new Held(row.objectId(), id,
                LinkCookie.set(cookie, secret, row.expiresAt().plus(COOKIE_LONGER), settings.publicUrl()));
    }

    /** Whom the browser speaks for that sends this link id and these cookies: the object's id, or empty. Leaves no audit entry: anybody may ask, as often as they like. */
    public Optional<String> holder(String linkId, String cookies) {
        if (!ID.matcher(linkId).matches()) {
            return Optional.empty();
        }
        return LinkCookie.value(cookies, LinkCookie.name(context.tenant().id(), linkId, settings.publicUrl()))
                .flatMap(secret -> databases.lookUp(context.tenant().id(), owner.get(),
                        handle -> find(handle, linkId, "")
                                .filter(row -> !row.withdrawn() && clock.instant().isBefore(row.expiresAt()))
                                .filter(row -> row.heldBy()
                                        .map(hash -> MessageDigest.isEqual(hash, Sha256.of(secret)))
                                        .orElse(false))
                                .map(Row::objectId)));
    }

    /** The objects of all links that the browser holds that sends these cookies. As silent as {@link #holder}. */
    Set<String> held(String cookies) {
        return LinkCookie.links(context.tenant().id(), cookies, settings.publicUrl())
                .stream()
                .flatMap(id -> holder(id, cookies).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void reschedule(Transaction tx, String objectId, Instant expires) {
        tx.handle()
                .createUpdate(
                        "update one_time_link set expires_at = :expires where object_id = :object and not withdrawn")
                .bind("object", objectId)
                .bind("expires", expires)
                .execute();
    }

    @Override
    public void withdraw(Transaction tx, String objectId) {
        tx.handle()
                .createUpdate("update one_time_link set withdrawn = true where object_id = :object")
                .bind("object", objectId)
                .execute();
    }

    private static Optional<Row> find(Handle handle, String id, String lock) {
        return handle.createQuery(
                "select object_id, code_hash, held_by, expires_at, withdrawn from one_time_link where id = :id" + lock)
                .bind("id", id)
                .map((row, ctx) -> new Row(row.getString(1), row.getBytes(2), Optional.ofNullable(row.getBytes(3)),
                        row.getTimestamp(4).toInstant(),
                        row.getBoolean(5)))
                .findOne();
    }

    private static ProblemException notInUse() {
        return new ProblemException(Problem.LINK_NOT_IN_USE, "The link is not in use; the clinic can make a new one");
    }
}
