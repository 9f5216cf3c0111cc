// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.OutboundCall.Method;
import org.sluse.secret.Secret;

class OutboundRequestsTest {

    private static final URI ROOM = URI.create("https://rooms.example.org/room-1");

    private final OutboundRequests requests = new OutboundRequests(new ObjectMapper());

    @Outbound(to = "rooms")
    private record Entry(@Carries(org.sluse.disclosure.DataCategory.DISPLAY_NAME) String name,
            @Impersonal("a switch") boolean chat) {}

    @Outbound(to = "rooms")
    private record Nothing() {}

    @Test
    void a_deletion_has_no_body_and_carries_its_credential() {
        var call = new OutboundCall(Method.DELETE, ROOM, Optional.of(new Secret("key-1")), Optional.empty(),
                new Nothing());

        var request = requests.request(call, requests.body(call));

        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getRequestUri()).isEqualTo("/room-1");
        assertThat(request.getEntity()).isNull();
        assertThat(request.getFirstHeader("Authorization").getValue()).isEqualTo("Bearer key-1");
        assertThat(requests.body(call)).isEmpty();
    }

    @Test
    void what_is_handed_over_is_the_address_with_every_component_and_no_other() {
        var address = requests.handedOver(call(Method.GET, Optional.empty()));

        assertThat(address).hasToString("https://rooms.example.org/room-1?name=Kari%20%26%20Ola&chat=false");
    }

    @Test
    void a_browser_is_handed_no_credential_and_no_body() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requests.handedOver(call(Method.GET, Optional.of(new Secret("key-1")))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requests.handedOver(call(Method.POST, Optional.empty())));
    }

    private static OutboundCall call(Method method, Optional<Secret> bearer) {
        return new OutboundCall(method, ROOM, bearer, Optional.empty(), new Entry("Kari & Ola", false));
    }
}
