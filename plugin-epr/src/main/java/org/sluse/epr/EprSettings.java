// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.settings.Setting;

/**
 * What a clinic sets for its patient record.
 *
 * @param name legal name of whoever runs the record, as it stands in the register
 * @param address postal address, on one line
 * @param country where the record rests, ISO 3166-1 alpha-2
 * @param base FHIR R4 base of the record; absent: no record is set
 * @param bearer credential for the record; the sandbox asks for the same
 * @param patientIdentifierSystem URI under which the record knows the clinic's patient numbers (FHIR R4, Identifier.system)
 * @param crisisLine number that a patient can call about thoughts of death or self-harm
 * @param emergencyNumber number for danger to life
 * @param sandboxCreatesPatients whether the sandbox makes a Patient for a number that it does not know
 */
public record EprSettings(@Setting(max = 80) String name, @Setting(max = 160) String address,
        @Setting(max = 2) String country,
        @Setting Optional<URI> base, @Setting(max = 4096) Optional<Secret> bearer,
        @Setting(byDefault = "https://sluse.org/fhir/patient-number", max = 200) String patientIdentifierSystem,
        @Setting(byDefault = "116 123", max = 20) String crisisLine,
        @Setting(byDefault = "112", max = 20) String emergencyNumber,
        @Setting(byDefault = "false") boolean sandboxCreatesPatients) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}|");
    private static final Pattern SYSTEM = Pattern.compile("[a-z]+:[^\\s|]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ]{2,20}");

    public EprSettings {
        if (!COUNTRY.matcher(country).matches()) {
            throw ProblemException.notAllowed("/country", "country",
                    "The country is not two capital letters; right would be one like NO");
        }
        if (!SYSTEM.matcher(patientIdentifierSystem).matches()) {
            throw ProblemException.notAllowed("/patientIdentifierSystem", "identifier-system",
                    "The identifier system is not a URI; right would be one like urn:oid:2.16.578.1.12.4.1.4.1");
        }
        phone("crisisLine", crisisLine);
        phone("emergencyNumber", emergencyNumber);
    }

    private static void phone(String setting, String value) {
        if (!PHONE.matcher(value).matches()) {
            throw ProblemException.notAllowed("/" + setting, "phone",
                    "This is not a phone number; right would be 2 to 20 digits and spaces");
        }
    }

    /** Whether everything is set that the register needs to name the recipient. */
    public boolean hasRecord() {
        return base.isPresent() && !name.isBlank() && !address.isBlank() && !country.isBlank();
    }
}
