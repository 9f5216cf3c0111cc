// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.sluse.data.KeptCategory.IDENTITY;
import static org.sluse.data.KeptCategory.NONE;
import static org.sluse.data.KeptCategory.PSEUDONYM;
import static org.sluse.data.KeptCategory.SECRET;
import static org.sluse.data.KeptCategory.STAFF;
import static org.sluse.data.KeptCategory.TRACE;

import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.RetentionPeriod.After;
import org.sluse.data.RetentionPeriod.Until;

/** What the host itself stores: in the control database, in the schema {@code core} of each clinic, and beside a plugin's own tables. Keys of texts are the kit's. */
public final class HostTables {

    private static final RetentionPeriod WHILE_CUSTOMER = new Until("kept.until.clinic-leaves");
    private static final RetentionPeriod WHILE_SET = new Until("kept.until.set-anew");
    private static final RetentionPeriod WHILE_NEEDED = new Until("kept.until.done");
    private static final RetentionPeriod WHILE_STAFF = new Until("kept.until.person-leaves");
    /** By law nobody may take an entry out before the clinic itself ends. */
    private static final RetentionPeriod WHILE_ACCOUNTABLE = new Until("kept.until.accountable");
    /** Long enough to tell whoever opens an old link that it has expired; with the night less than three months. */
    private static final int DAYS_OF_A_LINK = 60;
    /** A cookie is worth nothing as soon as it has expired; the night after takes its row. */
    private static final int DAYS_OF_A_SESSION = 1;
    /** Nobody can confirm what has expired; the night after takes its row. */
    private static final int DAYS_OF_A_REQUEST = 1;

    /** The schema {@code core} of a clinic's database. */
    public static final DataMap CORE = DataMap.of(
            KeptTable.of("staff", "kept.people", WHILE_STAFF)
                    .plain(STAFF, "id", "issuer", "subject", "name", "roles")
                    .plain(NONE, "version")
                    .ofPerson("id"),
            KeptTable.of("earlier_staff", "kept.people", WHILE_STAFF)
                    .plain(STAFF, "staff", "name", "roles", "changed_by")
                    .plain(NONE, "version", "until")
                    .ofPersonIn("staff", "staff"),
            KeptTable.of("staff_session", "kept.sign-in", new After(DAYS_OF_A_SESSION, "expires_at"))
                    .plain(SECRET, "hash")
                    .plain(STAFF, "staff", "issuer")
                    .plain(NONE, "created_at", "expires_at")
                    .ofPersonIn("staff", "staff"),
            KeptTable.of("setting", "kept.settings", WHILE_SET).plain(NONE, "plugin", "name").sealed(NONE, "value"),
            KeptTable.of("acknowledgement", "kept.settings", WHILE_CUSTOMER)
                    .plain(NONE, "plugin", "name", "at")
                    .plain(STAFF, "staff"),
            KeptTable.of("audit", "kept.audit", WHILE_ACCOUNTABLE)
                    .plain(NONE, "id", "at", "actor_kind", "plugin", "action", "object_type", "outcome", "reason",
                            "objects")
                    .plain(STAFF, "actor_id")
                    .plain(PSEUDONYM, "object_id", "patient")
                    .plain(TRACE, "network", "agent")
                    .ofPerson("patient"),
            KeptTable.of("leaf", "kept.audit", WHILE_ACCOUNTABLE).plain(NONE, "place", "entry", "form", "hash"),
            KeptTable.of("checkpoint", "kept.audit", WHILE_ACCOUNTABLE).plain(NONE, "size", "at", "peaks", "note"),
            KeptTable.of("ledger", "kept.ledger", WHILE_ACCOUNTABLE)
                    .plain(NONE, "id", "at", "plugin", "recipient", "name", "categories", "bytes", "revision", "result")
                    .plain(PSEUDONYM, "subject")
                    .ofPerson("subject"),
            KeptTable.of("comparison", "kept.ledger", WHILE_NEEDED).plain(NONE, "only_one", "at", "through"),
            KeptTable.of("undeclared", "kept.ledger", WHILE_ACCOUNTABLE)
                    .plain(NONE, "ledger", "why", "categories", "found_at", "looked_at")
                    .plain(STAFF, "looked_by"),
            KeptTable.of("unused", "kept.ledger", WHILE_NEEDED).plain(NONE, "plugin", "recipient", "name", "since"),
            KeptTable.of("clinic_key", "kept.keys", WHILE_CUSTOMER)
                    .plain(NONE, "only_one", "version", "made_at", "rotated_at")
                    .sealed(SECRET, "wrapped"),
            KeptTable.of("erased", "kept.erased", WHILE_ACCOUNTABLE)
                    .plain(PSEUDONYM, "person")
                    .plain(NONE, "plugin", "at")
                    .ofPerson("person"),
            KeptTable.of("erasure_request", "kept.erasure-request", new After(DAYS_OF_A_REQUEST, "expires_at"))
                    .plain(NONE, "id", "asked_at", "expires_at")
                    .plain(STAFF, "asked_by")
                    .sealed(IDENTITY, "person")
                    .ofPerson("person"),
            history("schema_history"));

    /** What the host keeps in each plugin's schema, beside the plugin's own tables. */
    public static final DataMap BESIDE_A_PLUGIN = DataMap.of(
            KeptTable.of("one_time_link", "kept.links", new After(DAYS_OF_A_LINK, "expires_at"))
                    .plain(PSEUDONYM, "id", "object_id")
                    .plain(SECRET, "code_hash", "held_by")
                    .plain(NONE, "expires_at", "withdrawn")
                    .ofPerson("object_id"),
            KeptTable.of("person_key", "kept.keys", new Until("kept.until.erased"))
                    .plain(PSEUDONYM, "person")
                    .sealed(SECRET, "wrapped")
                    .ofPerson("person"),
            KeptTable.of("change_number", "kept.machinery", WHILE_CUSTOMER).plain(STAFF, "name").plain(NONE, "number"),
            history("schema_history"));

    /** The control database. */
    public static final DataMap CONTROL = DataMap.of(
            KeptTable.of("tenant", "kept.clinics", WHILE_CUSTOMER)
                    .plain(NONE, "id", "name", "location", "issuer", "client_id", "setup_expires", "created_at",
                            "words")
                    .plain(SECRET, "setup_hash")
                    .sealed(SECRET, "client_secret"),
            KeptTable.of("move", "kept.machinery", WHILE_NEEDED)
                    .plain(NONE, "tenant", "source", "target", "begun_at", "switched"),
            KeptTable.of("revision", "kept.modules", WHILE_CUSTOMER).plain(NONE, "value"),
            KeptTable.of("toggle", "kept.modules", WHILE_ACCOUNTABLE)
                    .plain(NONE, "tenant", "plugin", "state", "revision", "at")
                    .plain(STAFF, "actor"),
            KeptTable.of("kill", "kept.modules", WHILE_ACCOUNTABLE)
                    .plain(NONE, "revision", "plugin", "recipient", "killed", "why", "at")
                    .plain(STAFF, "actor"),
            KeptTable.of("rollout", "kept.modules", WHILE_ACCOUNTABLE)
                    .plain(NONE, "revision", "plugin", "stage", "percent", "pilots", "why", "at")
                    .plain(STAFF, "actor"),
            KeptTable.of("rollout_count", "kept.modules", WHILE_CUSTOMER).plain(NONE, "revision", "calls", "failures"),
            KeptTable.of("operator_log", "kept.operator-log", WHILE_ACCOUNTABLE)
                    .plain(NONE, "id", "at", "actor_kind", "action", "object_type", "object_id", "tenant", "outcome",
                            "reason", "unwritten", "by_itself")
                    .plain(STAFF, "actor_id", "operator")
                    .plain(TRACE, "network", "agent"),
            KeptTable.of("operator_leaf", "kept.operator-log", WHILE_ACCOUNTABLE)
                    .plain(NONE, "place", "entry", "form", "hash"),
            KeptTable.of("operator_checkpoint", "kept.operator-log", WHILE_ACCOUNTABLE)
                    .plain(NONE, "size", "at", "peaks", "note"),
            KeptTable.of("log_key", "kept.operator-log", WHILE_ACCOUNTABLE).plain(NONE, "only_one", "verifier"),
            KeptTable.of("operator_notice", "kept.operator-log", WHILE_NEEDED)
                    .plain(NONE, "log", "tenant", "try_after"),
            KeptTable.of("register_notice", "kept.register", WHILE_NEEDED)
                    .plain(NONE, "module", "tenant", "try_after"),
            KeptTable.of("session_end", "kept.sign-in", new After(DAYS_OF_A_SESSION, "at")).plain(NONE, "tenant", "at"),
            KeptTable.of("operator_link", "kept.sign-in", new After(DAYS_OF_A_SESSION, "expires_at"))
                    .plain(SECRET, "hash")
                    .plain(STAFF, "operator")
                    .plain(NONE, "expires_at"),
            KeptTable.of("operator_session", "kept.sign-in", new After(DAYS_OF_A_SESSION, "expires_at"))
                    .plain(SECRET, "hash")
                    .plain(STAFF, "operator")
                    .plain(NONE, "created_at", "expires_at"),
            KeptTable.of("register_content", "kept.register", WHILE_ACCOUNTABLE)
                    .plain(NONE, "hash")
                    .plain(STAFF, "content"),
            KeptTable.of("register_fact", "kept.register", WHILE_ACCOUNTABLE)
                    .plain(NONE, "revision", "tenant", "kind", "subject", "hash", "at"),
            KeptTable.of("register_revision", "kept.register", WHILE_ACCOUNTABLE)
                    .plain(NONE, "tenant", "number", "fact", "at", "recorded_at", "document", "previous", "hash",
                            "signature"),
            KeptTable.of("register_key", "kept.register", WHILE_ACCOUNTABLE)
                    .plain(NONE, "only_one")
                    .sealed(SECRET, "keyset"),
            KeptTable.of("paper", "kept.papers", WHILE_ACCOUNTABLE)
                    .plain(NONE, "id", "tenant", "plugin", "recipient", "party", "kind", "version", "signed_on",
                            "valid_until", "sha256", "added_at", "ended_at", "settled_at")
                    .plain(STAFF, "signer"),
            KeptTable.of("comparison", "kept.ledger", WHILE_NEEDED)
                    .plain(NONE, "tenant", "at", "undeclared", "unused"),
            KeptTable.of("backup", "kept.machinery", WHILE_CUSTOMER)
                    .plain(NONE, "tenant", "id", "at", "rows", "bytes", "millis"),
            KeptTable.of("leave_request", "kept.leaving", new After(DAYS_OF_A_REQUEST, "expires_at"))
                    .plain(NONE, "tenant", "asked_at", "expires_at")
                    .plain(STAFF, "asked_by"),
            KeptTable.of("off_boarding", "kept.leaving", WHILE_NEEDED)
                    .plain(NONE, "tenant", "certificate", "name", "location", "asked_at", "begun_at", "inventory")
                    .plain(STAFF, "asked_by", "confirmed_by"),
            KeptTable.of("off_boarding_certificate", "kept.left", new Until("kept.until.installation-ends"))
                    .plain(NONE, "tenant", "id", "issued_at", "hash", "signature")
                    .plain(STAFF, "content"),
            KeptTable.of("backup_key", "kept.machinery", WHILE_CUSTOMER).plain(NONE, "only_one", "id"),
            KeptTable.of("restore_drill", "kept.machinery", WHILE_NEEDED)
                    .plain(NONE, "only_one", "at", "tenant", "backup", "millis", "failure"),
            KeptTable.of("node", "kept.machinery", WHILE_NEEDED)
                    .plain(NONE, "id", "address", "started_at", "seen_revision", "seen_at", "location"),
            KeptTable.of("cluster_member", "kept.machinery", WHILE_NEEDED)
                    .plain(NONE, "address", "name", "cluster", "ip", "coord"),
            KeptTable.of("timer_wake", "kept.machinery", WHILE_NEEDED).plain(NONE, "task_name", "task_instance"),
            KeptTable.of("scheduled_tasks", "kept.machinery", WHILE_NEEDED)
                    .plain(NONE, "task_name", "task_instance", "task_data", "execution_time", "picked", "picked_by",
                            "last_success", "last_failure", "consecutive_failures", "last_heartbeat", "version",
                            "priority"),
            history("flyway_schema_history"));

    private HostTables() {
    }

    /** Flyway's own, which says which migrations have been applied. */
    private static KeptTable history(String name) {
        return KeptTable.of(name, "kept.machinery", WHILE_CUSTOMER)
                .plain(NONE, "installed_rank", "version", "description", "type", "script", "checksum", "installed_by",
                        "installed_on", "execution_time", "success");
    }
}
