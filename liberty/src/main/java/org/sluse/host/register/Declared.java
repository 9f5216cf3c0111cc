// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluse.host.register.RegisterDocument.ActivityEntry;

/**
 * Who a clinic's register said receives data, in a form for machines.
 *
 * @param revision of the control database: in force from there on, up to that of the next one
 * @param at the same moment by a clock
 * @param modules that were on
 * @param parties everyone who received data for one of them
 */
public record Declared(long revision, Instant at, Set<String> modules, Set<Party> parties) {

    public Declared {
        modules = Set.copyOf(modules);
        parties = Set.copyOf(parties);
    }

    /**
     * Someone who receives data for a module.
     *
     * @param recipient id within the module
     * @param name the legal name
     * @param categories by name; empty where the register did not keep them yet
     */
    public record Party(String module, String recipient, String name, Optional<Set<String>> categories) {

        /** Whether it is the same company at the same module, whatever it receives. */
        public boolean isSameAs(Party other) {
            return module.equals(other.module) && recipient.equals(other.recipient) && name.equals(other.name);
        }
    }

    static Declared of(Revision revision, RegisterDocument document) {
        return new Declared(revision.fact(), revision.at(),
                document.activities().stream().map(ActivityEntry::module).collect(Collectors.toSet()),
                document.activities().stream().flatMap(one -> parties(one).stream()).collect(Collectors.toSet()));
    }

    private static List<Party> parties(ActivityEntry activity) {
        return activity.recipients()
                .stream()
                .map(one -> new Party(activity.module(), one.id(), one.name(), one.categories().map(Set::copyOf)))
                .toList();
    }
}
