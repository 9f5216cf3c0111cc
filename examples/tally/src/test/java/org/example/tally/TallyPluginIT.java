// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import java.util.List;
import org.sluse.testkit.PluginContract;
import org.sluse.testkit.PluginUnderTest;

/** Holds the plugin to the contract of every plugin, on a running server that has its jar. */
class TallyPluginIT extends PluginContract {

    static final PluginUnderTest PLUGIN = new PluginUnderTest("tally",
                """
                        {"register": "https://register.example", "name": "Quality Register", "address": "Street 1, Oslo", "country": "NO"}""",
                "[]");

    TallyPluginIT() {
        super(PLUGIN);
    }

    @Override
    protected List<String> addresses() {
        return List.of("/api/%s/tally/contacts", "/ui/%s/tally/tally.js", "/%s/tally");
    }
}
