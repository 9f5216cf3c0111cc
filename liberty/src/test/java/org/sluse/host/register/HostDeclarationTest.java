// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.host.config.HostSettings;
import org.sluse.host.location.TestLocations;
import org.sluse.host.text.Texts;

class HostDeclarationTest {

    private final Map<String, String> settings = new HashMap<>(Map.of("sluse.recipients", "hosting",
            "sluse.recipient.hosting.name", "Hosting AS", "sluse.recipient.hosting.address", "Street 1, Oslo",
            "sluse.recipient.hosting.country", "NO", "sluse.recipient.hosting.service", "Hosting",
            "sluse.recipient.hosting.service.de", "Betrieb", "sluse.recipient.hosting.processing", "all, encrypted",
            "sluse.recipient.hosting.legal-basis", "Art. 28"));

    @Test
    void who_hosts_the_system_is_read_with_its_words_in_each_language() {
        var recipient = read(false).recipients().getFirst();

        assertThat(recipient.name()).isEqualTo("Hosting AS");
        assertThat(recipient.service()).isEqualTo(new Words("Betrieb", "Hosting", "Hosting"));
        assertThat(recipient.transfer()).isEmpty();
    }

    @Test
    void who_hosts_at_the_location_and_at_the_place_of_its_backups_is_read_after_those_who_are_everywhere() {
        settings.put("sluse.locations", "Oslo, Hamina, Frankfurt");
        settings.put("sluse.location.oslo.recipients", "oslo-host");
        settings.put("sluse.location.hamina.country", "FI");
        settings.put("sluse.location.hamina.recipients", "hamina-host, hosting");
        settings.put("sluse.location.frankfurt.recipients", "frankfurt-host");
        for (var location : List.of("oslo", "hamina", "frankfurt")) {
            settings.put("sluse.location." + location + ".backups-in", "hamina");
            for (var particular : List.of("name", "address", "service", "processing", "legal-basis")) {
                settings.put("sluse.recipient." + location + "-host." + particular, location);
            }
            settings.put("sluse.recipient." + location + "-host.country", "FI");
        }
        settings.put("sluse.backup.place", "/mnt/hamina");

        assertThat(read(false).recipients()).extracting(RegisterDocument.RecipientEntry::id)
                .containsExactly("hosting", "oslo-host", "hamina-host");
        assertThat(declaration(false).everywhere()).extracting(RegisterDocument.RecipientEntry::id)
                .containsExactly("hosting", "oslo-host", "hamina-host", "frankfurt-host");
    }

    @Test
    void nobody_is_named_when_nothing_is_set() {
        settings.clear();

        assertThat(read(false).recipients()).isEmpty();
    }

    @Test
    void a_particular_that_is_missing_stops_the_start() {
        settings.remove("sluse.recipient.hosting.address");

        assertThatThrownBy(() -> read(false)).hasMessage(
                "Setting 'sluse.recipient.hosting.address' is missing; right would be to set it, or to take 'hosting' out of 'sluse.recipients' and of the 'recipients' of each location");
    }

    @Test
    void a_country_is_two_letters() {
        settings.put("sluse.recipient.hosting.country", "Norway");

        assertThatThrownBy(() -> read(false)).hasMessageContaining("'sluse.recipient.hosting.country' is no country");
    }

    @Test
    void only_a_server_that_insists_on_tls_says_so() {
        assertThat(read(false).measures()).extracting(Words::en).anyMatch(text -> text.contains("TLS"));
        assertThat(read(true).measures()).extracting(Words::en).noneMatch(text -> text.contains("TLS"));
        assertThat(read(true).measures()).extracting(Words::en).contains("Data rests in Oslo.");
    }

    @Test
    void only_a_server_that_makes_backups_elsewhere_says_so() {
        assertThat(read(false).measures()).extracting(Words::en).noneMatch(text -> text.contains("copied"));

        settings.put("sluse.backup.place", "/mnt/elsewhere");
        settings.put("sluse.locations", "Oslo, Hamina");
        settings.put("sluse.location.hamina.country", "FI");
        settings.put("sluse.location.oslo.backups-in", "Hamina");
        assertThat(read(false).measures()).extracting(Words::en)
                .anyMatch(text -> text.contains("copied, encrypted, to another place (Hamina)"));

        settings.put("sluse.backup.same-disk", "true");
        assertThat(read(false).measures()).extracting(Words::en).noneMatch(text -> text.contains("copied"));
    }

    private Fact.Hosted read(boolean privateRecipients) {
        return declaration(privateRecipients).read();
    }

    private HostDeclaration declaration(boolean privateRecipients) {
        return new HostDeclaration(name -> Optional.ofNullable(settings.get(name)),
                new HostSettings(Path.of("data"), URI.create("http://127.0.0.1"), Optional.empty(), privateRecipients,
                        true,
                        100,
                        "Oslo", Path.of("unused")),
                TestLocations.of("Oslo", settings),
                new Texts());
    }
}
