// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.data.Transaction;

/**
 * An instrument of the catalogue at one clinic.
 *
 * @param instrument with the texts that came with this software, if any did
 * @param wordings the clinic's own, at most one for each language; it takes the place of one that came with this software
 */
record Offer(Instrument instrument, List<Wording> wordings) {

    Offer {
        wordings = List.copyOf(wordings);
    }

    /** Every instrument, in the order of the catalogue. */
    static List<Offer> all(Transaction tx) {
        var wordings = WordingStore.newest(tx);
        return Instruments.ALL.stream()
                .map(one -> new Offer(one,
                        wordings.stream()
                                .filter(own -> own.instrument().equals(one.id())
                                        && own.version().equals(one.version()))
                                .toList()))
                .toList();
    }

    static Optional<Offer> find(Transaction tx, String id) {
        return all(tx).stream().filter(offer -> offer.instrument().id().equals(id)).findFirst();
    }

    /** In which it can be asked. */
    List<String> languages() {
        return Stream.concat(instrument.languages().stream(), wordings.stream().map(Wording::language))
                .distinct()
                .toList();
    }

    Optional<Wording> wording(String language) {
        return wordings.stream().filter(own -> own.language().equals(language)).findFirst();
    }

    /** As it is asked in this language. */
    Instrument in(String language) {
        return wording(language).map(instrument::in).orElse(instrument);
    }
}
