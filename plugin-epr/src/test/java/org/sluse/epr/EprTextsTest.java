// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.MessageBundlesContract;

/** The texts of the module, and that nothing of its manifest lacks one. */
class EprTextsTest extends MessageBundlesContract {

    EprTextsTest() {
        super("epr");
    }

    @Test
    void every_text_of_the_manifest_is_there() {
        var plugin = new EprPlugin();
        var recipient = plugin.recipients(Clinic.SETTINGS).getFirst();
        var activity = plugin.activity();

        assertThat(bundle("en").keySet())
                .contains(activity.purpose(), activity.subjects(), activity.data(), activity.retention(),
                        activity.legalBasis(),
                        recipient.serviceKey(), recipient.legalBasisKey())
                .containsAll(recipient.fieldKeys())
                .contains(plugin.acknowledgements(Clinic.SETTINGS).getFirst().text());
    }

    @Test
    void nobody_receives_anything_and_the_module_is_not_ready_without_a_record() {
        var plugin = new EprPlugin();
        var empty = new EprSettings("", "", "", java.util.Optional.empty(), java.util.Optional.empty(), "urn:oid:1.2",
                "116 123", "112", false);

        assertThat(plugin.recipients(empty)).isEmpty();
        assertThat(plugin.ready(KnownTenant.CLINIC_NORTH, empty).reasons()).extracting("key")
                .containsExactly("ready.no-record", "ready.no-name");
        assertThat(plugin.ready(KnownTenant.CLINIC_NORTH, Clinic.SETTINGS).isReady()).isTrue();
    }
}
