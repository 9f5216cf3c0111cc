// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** What an administrator enters of the clinic in the sense of the law; name, address and contact are required (GDPR Art. 30(1)(a)). */
record ControllerForm(Optional<String> name, Optional<String> address, Optional<String> contact,
        Optional<String> representative, Optional<String> officer) {

    private static final int LONGEST = 200;

    /** @throws ProblemException {@code problem/not-allowed-value} with an error for each field that is missing or too long */
    Controller checked() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("name", name.orElse("").strip());
        fields.put("address", address.orElse("").strip());
        fields.put("contact", contact.orElse("").strip());
        List<FieldError> errors = new ArrayList<>();
        fields.forEach((field, value) -> {
            if (value.isEmpty()) {
                errors.add(new FieldError("/" + field, "required", "'" + field + "' is missing; the law asks for it"));
            }
        });
        fields.put("representative", representative.orElse("").strip());
        fields.put("officer", officer.orElse("").strip());
        fields.forEach((field, value) -> {
            if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
                errors.add(new FieldError("/" + field, "too-long",
                        "'" + field + "' is not one line of at most " + LONGEST + " characters"));
            }
        });
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE, "The clinic's particulars are not complete", errors);
        }
        return new Controller(fields.get("name"), fields.get("address"), fields.get("contact"),
                fields.get("representative"), fields.get("officer"));
    }
}
