// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.agent;

/** Steps of the server's work at which it can be stopped: just before a method does something, or just after. */
public enum Step {

    /** The work is done, audit entries that rest on it are not written. */
    AUDIT_ENTRY_TO_COME("org/sluse/host/data/PluginDatabase", "finish", At.BEGIN),
    /** Work and entries are written, not committed. */
    COMMIT_TO_COME("org/sluse/host/data/PluginDatabase", "finish", At.END),
    /** Committed, not answered. */
    ANSWER_TO_COME("org/sluse/host/written/Written", "committed", At.BEGIN),
    /** A delivery has another state, not committed. */
    DELIVERY_CHANGED("org/sluse/epr/exchange/OutboxStore", "update", At.END),
    /** In the ledger, not yet out. */
    CALL_TO_COME("org/sluse/host/disclosure/Ledger", "begin", At.END),
    /** Answered by the recipient, the ledger does not know. */
    CALL_RESULT_TO_COME("org/sluse/host/disclosure/Ledger", "end", At.BEGIN),
    /** A checkpoint is signed, not committed. */
    LOG_SIGNED("org/sluse/host/log/LogStore", "sign", At.END),
    /** A checkpoint is there, the witness does not know. */
    WITNESS_TO_COME("org/sluse/host/log/LogKeeper", "tellWitness", At.BEGIN),
    /** A new clinic's schema is there, the clinic is not. */
    SCHEMA_MIGRATED("org/sluse/host/data/Schemas", "bringUpToDate", At.END),
    /** A module is switched, nobody was told. */
    SWITCHED("org/sluse/host/gate/Toggles", "set", At.END),
    /** Settings are with the clinic, they have no effect yet. */
    SETTINGS_WRITTEN("org/sluse/host/settings/SettingsStore", "write", At.END),
    /** A fact is in the register's history, not committed. */
    REGISTER_GROWN("org/sluse/host/register/RegisterStore", "append", At.END),
    /** There is a new key, everything is under the old one. */
    ROTATION_BEGUN("org/sluse/host/data/ClinicKeys", "beginRotation", At.END),
    /** Some persons' keys are under the new key. */
    PERSONS_WRAPPED_ANEW("org/sluse/host/data/Rotation", "some", At.END),
    /** All are, the old key is still there. */
    ROTATION_TO_END("org/sluse/host/data/ClinicKeys", "endRotation", At.BEGIN),
    /** A second person has confirmed, nothing is erased. */
    ERASURE_CONFIRMED("org/sluse/host/subject/ErasureRequests", "confirm", At.END),
    /** What restores have to erase again is noted, not committed. */
    ERASURE_KEPT("org/sluse/host/data/ErasedPersons", "keep", At.END),
    /** A file of a backup is to be written. */
    BACKUP_FILE_TO_COME("org/sluse/host/backup/FolderPlace", "write", At.BEGIN),
    /** A backup is written, it was not read back. */
    BACKUP_TO_BE_PROVED("org/sluse/host/backup/Backups", "proved", At.BEGIN),
    /** A clinic is no more, all of its data is there. */
    LEAVING_BEGUN("org/sluse/host/leave/OffBoarding", "finish", At.BEGIN),
    /** Its database is gone, its backups are not. */
    DATABASE_DROPPED("org/sluse/host/data/WholeDatabases", "drop", At.END),
    /** All is gone, no certificate says so. */
    CERTIFICATE_TO_COME("org/sluse/host/leave/OffBoarding", "issue", At.BEGIN);

    private final String type;
    private final String method;
    private final At at;

    /** Where in the method. */
    enum At {
        BEGIN, END
    }

    Step(String type, String method, At at) {
        this.type = type;
        this.method = method;
        this.at = at;
    }

    /** Inner name of the class, as the virtual machine has it. */
    String type() {
        return type;
    }

    /** All that have this name. */
    String method() {
        return method;
    }

    At at() {
        return at;
    }
}
