// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A questionnaire of the clinic's own. Never changed: another content is another version, and who was asked in this one was asked in this one.
 *
 * @param url its canonical address
 * @param version with the address it names this content, and no other
 * @param title in its own language
 * @param languages {@code nb}, {@code de} or {@code en}; its own first, at least one
 * @param questions how many it has, conditional ones too
 * @param content a Questionnaire of FHIR R4 as JSON
 * @param importedBy id in the clinic's list of people
 */
public record Form(UUID id, String url, String version, String title, List<String> languages, int questions,
        String content, Instant importedAt, String importedBy) {

    public Form {
        languages = List.copyOf(languages);
    }

    /** {@code https://clinic.example/Questionnaire/sleep|2} */
    public String canonical() {
        return url + "|" + version;
    }
}
