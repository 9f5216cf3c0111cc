// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.key.Sha256;
import org.sluse.host.link.LinkCookie;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * Sessions of the operator in a browser, kept by the server and revocable. Who can read the data folder makes a link, and the link begins a session: see
 * {@code docs/adr/0023-the-operators-way-into-the-console.md}. Rows of the control database, so any node answers; thread-safe.
 */
@OnePerNode
final class OperatorSessions {

    private static final Duration LINK_LIFE = Duration.ofMinutes(10);
    private static final Duration SESSION_LIFE = Duration.ofHours(8);
    private static final String SESSION = "OperatorSession";

    private final ControlDatabase control;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final Binding binding;

    /** A session that is open. @param operator who made its link, as they say; empty when they did not */
    record Opened(Optional<OperatorName> operator) {}

    /** A way in that works once. @param expires until when */
    record Link(URI url, Instant expires) {}

    @Inject
    OperatorSessions(ControlDatabase control, HostSettings settings, Clock clock, Ids ids, Binding binding) {
        this.control = control;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.binding = binding;
    }

    /**
     * A new link; its code stands in the fragment, which browsers send to nobody.
     *
     * @throws ProblemException {@code problem/conflict} when a session's cookie would travel in the clear
     */
    Link link() {
        requireGuardedWay();
        var code = ids.token() + ids.token();
        var expires = clock.instant().plus(LINK_LIFE);
        control.inTransaction("CREATE", "OperatorLink", "*", handle -> {
            handle.createUpdate(
                    "insert into operator_link (hash, expires_at, operator) values (:hash, :expires, :operator)")
                    .bind("hash", Sha256.of(code))
                    .bind("expires", expires)
                    .bind("operator", binding.operator().map(OperatorName::value))
                    .execute();
        });
        return new Link(URI.create(settings.publicUrl() + "/operate/sign-in#" + code), expires);
    }

    /** Begins a session. @return the {@code Set-Cookie} header @throws ProblemException {@code problem/link-not-in-use} */
    String begin(String code) {
        requireGuardedWay();
        var value = ids.token() + ids.token();
        var expires = clock.instant().plus(SESSION_LIFE);
        try {
            control.inTransaction("SIGN_IN", SESSION, "*", handle -> {
                // Of two that come at the same moment, one finds the row gone.
                var made = handle
                        .createQuery(
                                "delete from operator_link where hash = :hash and expires_at > :now returning operator")
                        .bind("hash", Sha256.of(code))
                        .bind("now", clock.instant())
                        .map(OperatorSessions::opened)
                        .findOne()
                        .orElseThrow(() -> new ProblemException(Problem.LINK_NOT_IN_USE,
                                "The link is not in use; right would be a new one, which 'sluse operator' prints"));
                made.operator().ifPresent(binding::calledBy);
                handle.createUpdate(
                        "insert into operator_session (hash, created_at, expires_at, operator) values (:hash, :now, :expires, :operator)")
                        .bind("hash", Sha256.of(value))
                        .bind("now", clock.instant())
                        .bind("expires", expires)
                        .bind("operator", made.operator().map(OperatorName::value))
                        .execute();
            });
        } catch (ProblemException refused) {
            control.refused(Act.of("SIGN_IN", SESSION, "*"), refused.problem().slug());
            throw refused;
        }
        return LinkCookie.set(cookieName(), value, expires, settings.publicUrl());
    }

    /** The session that the cookies name; empty when there is none, or it has ended. @param cookies as they stand in the request's header */
    Optional<Opened> find(String cookies) {
        return LinkCookie.value(cookies, cookieName())
                .flatMap(value -> control.read(handle -> handle
                        .createQuery("select operator from operator_session where hash = :hash and expires_at > :now")
                        .bind("hash", Sha256.of(value))
                        .bind("now", clock.instant())
                        .map(OperatorSessions::opened)
                        .findOne()));
    }

    private static Opened opened(ResultSet row, StatementContext context) throws SQLException {
        return new Opened(Optional.ofNullable(row.getString("operator")).map(OperatorName::new));
    }

    /** Whether the cookies name a session that has not ended. */
    boolean isOpen(String cookies) {
        return find(cookies).isPresent();
    }

    /** Ends the session that the cookies name; where there is none, nothing is written. @return the {@code Set-Cookie} header that forgets it */
    String end(String cookies) {
        find(cookies).ifPresent(opened -> {
            opened.operator().ifPresent(binding::calledBy);
            control.inTransaction("SIGN_OUT", SESSION, "*",
                    handle -> handle.createUpdate("delete from operator_session where hash = :hash")
                            .bind("hash", LinkCookie.value(cookies, cookieName()).map(Sha256::of))
                            .execute());
        });
        return LinkCookie.set(cookieName(), "", Instant.EPOCH, settings.publicUrl());
    }

    /** Ends every session, and every link that is not used yet. */
    void endAll() {
        control.inTransaction("DELETE", SESSION, "*", handle -> {
            handle.execute("delete from operator_link");
            handle.execute("delete from operator_session");
        });
    }

    /** The dot keeps it apart from a clinic's, whose id has none. */
    private String cookieName() {
        return LinkCookie.guarded("sluse.operate", settings.publicUrl());
    }

    private void requireGuardedWay() {
        if (!isTls() && !AddressPolicy.isThisMachine(settings.publicUrl())) {
            throw new ProblemException(Problem.CONFLICT, "The console at " + settings.publicUrl()
                    + " would send the operator's session in the clear; right would be a public address with https");
        }
    }

    private boolean isTls() {
        return "https".equals(settings.publicUrl().getScheme());
    }
}
