// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.host.tenant.Source.Agent;

class SourceTest {

    @ParameterizedTest(name = "{0} lies in {1}")
    @CsvSource({"192.0.2.77,192.0.2.0/24", "127.0.0.1,127.0.0.0/24", "255.255.255.255,255.255.255.0/24",
            "2001:db8:1:2:3:4:5:6,2001:db8:1::/48", "2001:db8::1,2001:db8:0::/48", "::1,0:0:0::/48",
            "::ffff:192.0.2.77,192.0.2.0/24", "fe80::1,fe80:0:0::/48"})
    void of_an_address_the_network_is_kept(String address, String network) {
        assertThat(Source.of(address, "", false).network()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "_hidden", "''", "a.name.example", "192.0.2.77:443"})
    void what_is_no_address_is_not_kept_and_not_looked_up(String said) {
        assertThat(Source.of(said, "", false).network()).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0',BROWSER", "curl/8.5.0,COMMAND_LINE",
            "sluse,COMMAND_LINE", "'',NONE", "' ',NONE"})
    void of_a_program_its_kind_is_kept(String userAgent, Agent agent) {
        assertThat(Source.of("127.0.0.1", userAgent, false).agent()).isEqualTo(agent);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"HAPI-FHIR/8.8.1 (FHIR Client),FHIR_CLIENT", "'Mozilla/5.0 (X11)',BROWSER", "'',NONE"})
    void where_fhir_is_spoken_a_program_is_a_client_of_fhir(String userAgent, Agent agent) {
        assertThat(Source.of("127.0.0.1", userAgent, true).agent()).isEqualTo(agent);
    }

    @Test
    void a_thread_that_nobody_called_works_for_the_system_itself() {
        var binding = new Binding();
        var called = Source.of("192.0.2.77", "curl/8.5.0", false);

        assertThat(binding.source()).isEqualTo(Source.ITSELF);
        assertThat(binding.<Source, RuntimeException>from(called, binding::source)).isEqualTo(called);
    }
}
