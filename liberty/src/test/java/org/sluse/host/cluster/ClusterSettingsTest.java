// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

    @Test
    void without_settings_nodes_of_this_machine_alone_reach_it() {
        assertThat(settings(Map.of())).isEqualTo(new ClusterSettings("127.0.0.1", 7800));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example", "0.0.0.0", "::", "224.0.0.1", "10.0.0.256", ""})
    void an_address_that_others_cannot_mean_is_refused(String address) {
        assertThatThrownBy(() -> settings(Map.of("sluse.cluster.address", address)))
                .hasMessage("sluse.cluster.address is '" + address
                        + "'; right would be one address of this machine that the other nodes reach, for example 10.0.0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "70000", "none", "-1"})
    void a_port_that_cannot_be_taken_is_refused(String port) {
        assertThatThrownBy(() -> settings(Map.of("sluse.cluster.port", port)))
                .hasMessageEndingWith("; right would be 1024 to 65000");
    }

    private static ClusterSettings settings(Map<String, String> values) {
        return ClusterSettings.of(name -> Optional.ofNullable(values.get(name)));
    }
}
