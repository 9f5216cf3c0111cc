// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.List;
import java.util.Optional;

/**
 * What one clinic's register says between two of its changes (GDPR Art. 30(1)), in every language.
 *
 * @param clinic its name on our pages
 * @param location where its data rests
 * @param controller who answers for it in the sense of the law (Art. 30(1)(a))
 * @param activities one for each module that is on, by id
 * @param always recipients without whom nothing runs, whichever modules are on: hosting, operations
 * @param measures technical measures that the running system is configured to take (Art. 30(1)(g))
 */
public record RegisterDocument(String clinic, String location, Controller controller, List<ActivityEntry> activities,
        List<RecipientEntry> always, List<Words> measures) {

    public RegisterDocument {
        activities = List.copyOf(activities);
        always = List.copyOf(always);
        measures = List.copyOf(measures);
    }

    /**
     * The clinic in the sense of the law, as its administrator wrote it; each component at most 200 characters, empty until it is entered.
     *
     * @param name legal name
     * @param address postal address
     * @param contact how to reach it
     * @param representative in the EEA (Art. 27), where there is one
     * @param officer data protection officer, where there is one: name and contact
     */
    public record Controller(String name, String address, String contact, String representative, String officer) {

        static final Controller UNKNOWN = new Controller("", "", "", "", "");
    }

    /** What a module says of itself: its name, and the columns of its activity (Art. 30(1)(b), (c), (f)). */
    public record Manifest(Words name, Words purpose, Words subjects, Words data, Words retention, Words legalBasis) {}

    /** A module that is on, with everyone who receives data for it. */
    public record ActivityEntry(String module, Manifest manifest, List<RecipientEntry> recipients) {

        public ActivityEntry {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * Someone outside the clinic (Art. 30(1)(d)).
     *
     * @param country ISO 3166-1 alpha-2
     * @param processing which data, in words
     * @param transfer on what basis data may leave the EEA (Art. 30(1)(e)); empty when none is on file
     * @param categories the same data as {@code processing}, by the names that the ledger has, sorted; empty where nobody has said: for the operator's own recipients, and
     *            in revisions of before they were kept
     */
    public record RecipientEntry(String id, String name, String address, String country, Words service,
            Words processing, Words legalBasis, Optional<Words> transfer, Optional<List<String>> categories) {

        public RecipientEntry {
            categories = categories.map(List::copyOf);
        }

        /** Whether this is nobody else, and receives nothing more, than one of those. Of one whose categories were not kept yet nobody can say that it received less. */
        boolean isWithin(List<RecipientEntry> others) {
            return others.stream()
                    .anyMatch(other -> other.id.equals(id) && other.name.equals(name)
                            && other.categories.map(known -> known.containsAll(categories.orElse(List.of())))
                                    .orElse(true));
        }
    }
}
