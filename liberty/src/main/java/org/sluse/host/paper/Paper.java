// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

/**
 * A paper that was signed. The document is with the clinic; here is only what tells it from another one.
 *
 * @param recipient id of the recipient within the plugin
 * @param party legal name of the recipient: with another name the recipient is another one, and needs papers of its own
 * @param terms what the paper says of itself
 * @param endedAt when somebody ended it; absent: nobody has
 */
public record Paper(UUID id, PluginId plugin, String recipient, String party, PaperKind kind, Terms terms,
        Optional<Instant> endedAt) {

    /**
     * What stands on a paper.
     *
     * @param version which, in the parties' own words, 1 to 40 characters
     * @param signer who signed for the clinic, 1 to 80 characters
     * @param signedOn from this day on it holds, 1990 to 2199
     * @param validUntil the last day on which it holds, in UTC; absent: until somebody ends it
     * @param sha256 of the document, 64 hexadecimal digits, small letters
     */
    public record Terms(String version, String signer, LocalDate signedOn, Optional<LocalDate> validUntil,
            String sha256) {

        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        public Terms {
            version = text("version", version, 40);
            signer = text("signer", signer, 80);
            if (!SHA_256.matcher(sha256).matches()) {
                throw ProblemException.notAllowed("/sha256", "sha256",
                        "The fingerprint is not a SHA-256; right would be 64 digits of 0-9 and a-f, as 'sha256sum' prints them");
            }
            day("signedOn", signedOn);
            validUntil.ifPresent(last -> day("validUntil", last));
            var signed = signedOn;
            if (validUntil.filter(last -> last.isBefore(signed)).isPresent()) {
                throw ProblemException.notAllowed("/validUntil", "ends-before",
                        "The paper ends before it was signed; right would be the day of signing or a later one");
            }
        }

        /** A typing error, such as 20266, is no day on which a paper is signed. */
        private static void day(String name, LocalDate day) {
            if (day.getYear() < 1990 || day.getYear() > 2199) {
                throw ProblemException.notAllowed("/" + name, "day",
                        "The day in '" + name + "' is out of bounds; right would be one from 1990 to 2199");
            }
        }

        private static String text(String name, String value, int max) {
            var stripped = value.strip();
            if (stripped.isEmpty() || stripped.length() > max) {
                throw ProblemException.notAllowed("/" + name, "required",
                        "The member '" + name + "' is missing or too long; right would be 1 to " + max
                                + " characters");
            }
            return stripped;
        }
    }

    /** Whether it holds on this day. */
    public boolean holdsOn(LocalDate day) {
        return endedAt.isEmpty() && !day.isBefore(terms.signedOn())
                && terms.validUntil().map(last -> !day.isAfter(last)).orElse(true);
    }
}
