// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import java.net.URI;
import java.net.http.HttpResponse;
import org.sluse.testkit.PluginUnderTest;
import org.sluse.testkit.RecipientContract;
import org.sluse.testkit.TestClinic;

/** Holds the reports to what is asked of everything that leaves, on a running server that has the plugin's jar. */
class TallyRecipientIT extends RecipientContract {

    TallyRecipientIT() {
        super("tally");
    }

    @Override
    protected PluginUnderTest sendingTo(URI recipient) {
        return new PluginUnderTest("tally",
                """
                        {"register": "%s", "name": "Quality Register", "address": "Street 1, Oslo", "country": "NO"}"""
                        .formatted(recipient),
                "[]");
    }

    @Override
    protected HttpResponse<String> send(TestClinic clinic) {
        return clinic.practitioner().send("POST", "/api/%s/tally/report", "");
    }
}
