// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sluse.host.http.Parameters;

/** What somebody who reads the ledger asks for; each is absent for any. */
public class LedgerQuery {

    @QueryParam("from")
    @Nullable
    String from;
    @QueryParam("to")
    @Nullable
    String to;
    @QueryParam("module")
    @Nullable
    String module;
    @QueryParam("recipient")
    @Nullable
    String recipient;
    @QueryParam("outcome")
    @Nullable
    String outcome;
    /** Time and id of the last row that is known. */
    @QueryParam("before")
    @Nullable
    String before;
    @QueryParam("beforeId")
    @Nullable
    String beforeId;

    /** @param end after every row that there is */
    Ledger.Search search(Instant end) {
        return new Ledger.Search(Parameters.time(from, "from", Instant.EPOCH), Parameters.time(to, "to", end),
                Parameters.text(module), Parameters.text(recipient),
                Parameters.oneOf(outcome, "outcome", Ledger.Outcome.class));
    }

    /** @param end as above */
    Ledger.Place place(Instant end) {
        var time = Parameters.time(before, "before", end);
        return Parameters.id(beforeId, UUID::fromString)
                .map(id -> new Ledger.Place(time, id))
                .orElseGet(() -> Ledger.Place.before(time));
    }
}
