// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.register.RegisterView.ActivityRow;
import org.sluse.host.register.RegisterView.ActivityText;
import org.sluse.host.register.RegisterView.ProofView;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.testkit.ManualClock;

class RegisterFormatTest {

    private static final String HEADING = "module,purpose,subjects,data,retention,recipient,address,country,service,processing,legalBasis,transfer\r\n";

    @Test
    void has_a_line_for_each_recipient() {
        assertThat(RegisterFormat.csv(register(recipient("One AS"), recipient("Two AS")))).isEqualTo(HEADING
                + "\"Video\",\"treatment\",\"patients\",\"display name\",\"a day\",\"One AS\",\"Street 1\",\"NO\",\"rooms\",\"display name\",\"contract\",\"\"\r\n"
                + "\"Video\",\"treatment\",\"patients\",\"display name\",\"a day\",\"Two AS\",\"Street 1\",\"NO\",\"rooms\",\"display name\",\"contract\",\"\"\r\n");
    }

    @Test
    void has_a_line_for_an_activity_that_discloses_nothing() {
        assertThat(RegisterFormat.csv(register())).isEqualTo(
                HEADING + "\"Video\",\"treatment\",\"patients\",\"display name\",\"a day\",\"\",\"\",\"\",\"\",\"\",\"law\",\"\"\r\n");
    }

    @Test
    void doubles_quotes_and_keeps_commas_and_lines_within_a_value() {
        assertThat(RegisterFormat.csv(register(recipient("The \"Big\", one\r\nAS"))))
                .contains(",\"The \"\"Big\"\", one\r\nAS\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+47", "-2", "@SUM(A1)", "\tx", "\rx"})
    void keeps_a_value_from_being_a_formula(String name) {
        assertThat(RegisterFormat.csv(register(recipient(name)))).contains(",\"'" + name + "\",");
    }

    @Test
    void says_in_plain_text_that_nothing_leaves() {
        var texts = new Texts();

        assertThat(RegisterFormat.text(register(), texts, Language.EN))
                .startsWith("Clinic North\n" + texts.text(Texts.KIT, "disclosure.none", Language.EN))
                .contains("Video")
                .contains(": treatment\n");
        assertThat(RegisterFormat.text(register(recipient("One AS")), texts, Language.EN))
                .contains("One AS, Street 1, NO")
                .doesNotContain(texts.text(Texts.KIT, "disclosure.none", Language.EN));
    }

    private static RecipientRow recipient(String name) {
        return new RecipientRow(name, "Street 1", "NO", "rooms", "display name", "contract", true, Optional.empty());
    }

    private static RegisterView register(RecipientRow... recipients) {
        var activity = new ActivityText("treatment", "patients", "display name", "a day");
        return new RegisterView("Clinic North", "Frankfurt", ManualClock.NOON, 1, ManualClock.NOON,
                RegisterDocument.Controller.UNKNOWN,
                List.of(new ActivityRow("video", "Video", activity, "law", List.of(recipients))), List.of(), List.of(),
                List.of(), new ProofView("", ""));
    }
}
