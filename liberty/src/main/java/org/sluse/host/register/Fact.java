// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.host.gate.Stage;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.Manifest;
import org.sluse.host.register.RegisterDocument.RecipientEntry;

/**
 * Something that the register depends on, in force until a later fact about the same.
 *
 * @param revision of the control database, which orders facts; two never share one
 * @param at by the clock of the node that recorded it; may be earlier than that of an earlier revision
 * @param change what
 */
record Fact(long revision, Instant at, Change change) {

    /** Every location. */
    static final String EVERYWHERE = "*";

    /** What may change. */
    sealed interface Change {}

    /** The clinic switched a module. */
    record Switched(String module, boolean on) implements Change {}

    /** The operator stopped a module for every clinic, or what it sends to one recipient, or allowed it again. @param recipient its id; absent: the module itself */
    record Stopped(String module, Optional<String> recipient, boolean stopped) implements Change {}

    /** The operator rolled a module out as far as this. */
    record RolledOut(String module, Stage stage) implements Change {}

    /** A module's jar says this of itself. */
    record Described(String module, Manifest manifest) implements Change {}

    /** With the clinic's settings, these receive data for a module. */
    record Receives(String module, List<RecipientEntry> recipients) implements Change {}

    /** The operator's own recipients, and how the system is configured, where the clinics of a location are. @param location its id; {@link #EVERYWHERE} in what was noted before there were several */
    record HostedAt(String location, Hosted hosted) implements Change {}

    /** The operator's own recipients, and how the system is configured. */
    record Hosted(List<RecipientEntry> recipients, List<Words> measures) {}

    /** The clinic's data was brought to another location. @param location its name */
    record Placed(String location) implements Change {}

    /** The administrator entered who the clinic is. */
    record Entered(Controller controller) implements Change {}
}
