// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import java.util.List;
import org.sluse.testkit.PluginContract;
import org.sluse.testkit.PluginUnderTest;

/** Holds record integration to the contract of every plugin, on the running server. */
public class EprPluginIT extends PluginContract {

    static final PluginUnderTest PLUGIN = new PluginUnderTest("epr",
            "{\"name\": \"Record of the tests\", \"address\": \"This machine\", \"country\": \"NO\", \"base\": \"http://127.0.0.1:9/fhir\"}",
            "[\"crisis-numbers\"]");

    public EprPluginIT() {
        super(PLUGIN);
    }

    @Override
    protected List<String> addresses() {
        return List.of("/api/%s/epr/patients", "/ui/%s/epr/questionnaire.js", "/%s/q", "/fhir/%s/Questionnaire");
    }
}
