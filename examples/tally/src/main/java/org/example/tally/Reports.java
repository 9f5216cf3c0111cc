// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.OutboundCall;

/** The way to the quality register. */
@Dependent
final class Reports {

    private final Contacts contacts;
    private final DisclosureGate gate;

    @Inject
    Reports(Contacts contacts, DisclosureGate gate) {
        this.contacts = contacts;
        this.gate = gate;
    }

    /**
     * Tells the totals of a week. A PUT to the week's own address: sent twice, after an answer that was lost or while the week still runs, it is there once.
     *
     * @return whether the register took it
     */
    boolean send(URI register, Week week) {
        var totals = contacts.totals(week);
        var answer = gate.send(new OutboundCall(OutboundCall.Method.PUT,
                URI.create(register + "/weeks/" + week.monday()), Optional.empty(), Optional.empty(),
                new WeekReport(week.monday().toString(), totals.getOrDefault(Way.PHONE, 0),
                        totals.getOrDefault(Way.LETTER, 0), totals.getOrDefault(Way.VISIT, 0))));
        return answer.status() / 100 == 2;
    }
}
