// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sluse.epr.assessment.Instrument.Item;

/**
 * The catalogue: what the files beside this class say. Texts are the published ones, word for word, in the languages whose wording is certain and whose licence lets them come with this
 * software; an instrument is offered in no other until the clinic brings its text.
 */
public final class Instruments {

    /** The newest version of each, in the order of the catalogue. A version that was ever asked is never taken out of {@link #find(String, String)}. */
    public static final List<Instrument> ALL = InstrumentReader.catalogue();

    private Instruments() {}

    /** The instrument as it was asked then. */
    static Optional<Instrument> find(String id, String version) {
        return find(id).filter(instrument -> instrument.version().equals(version));
    }

    /** The newest version of the instrument with this id. */
    public static Optional<Instrument> find(String id) {
        return ALL.stream().filter(instrument -> instrument.id().equals(id)).findFirst();
    }

    /** Link ids of items that have neither an answer nor a refusal, in the instrument's order. */
    static List<String> open(Instrument instrument, List<Answer> answers) {
        var open = new ArrayList<>(instrument.items().stream().map(Item::linkId).toList());
        answers.forEach(answer -> open.remove(answer.linkId()));
        return open;
    }
}
