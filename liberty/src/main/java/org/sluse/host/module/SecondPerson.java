// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.gate.Toggles.Wanted;
import org.sluse.host.gate.Wish;
import org.sluse.host.outgoing.AddressPolicy;

/** When one person alone may not switch a module on: data about health would leave this machine. A pure function. */
final class SecondPerson {

    private SecondPerson() {
    }

    /** Whether two people must have wanted it. */
    static boolean isNeeded(List<Recipient> recipients) {
        return recipients.stream().anyMatch(SecondPerson::isNeeded);
    }

    /** Whether somebody who was not there before would receive data about health. */
    static boolean isNeeded(List<Recipient> before, List<Recipient> after) {
        return !parties(before).containsAll(parties(after));
    }

    /** Whether this person may switch it on, since another has asked for it. */
    static boolean isThere(Wanted wanted, String person) {
        return wanted.wish() == Wish.ASKED && wanted.by().filter(first -> !first.equals(person)).isPresent();
    }

    private static boolean isNeeded(Recipient recipient) {
        return recipient.categories().contains(DataCategory.ASSESSMENT)
                && recipient.endpoints().stream().anyMatch(endpoint -> !AddressPolicy.isThisMachine(endpoint));
    }

    private static Set<Recipient> parties(List<Recipient> recipients) {
        return recipients.stream().filter(SecondPerson::isNeeded).collect(Collectors.toSet());
    }
}
