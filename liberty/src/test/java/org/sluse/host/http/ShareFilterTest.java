// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.host.config.Bodies;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;

class ShareFilterTest {

    private static final PluginId VIDEO = new PluginId("video");

    private final Bulkheads bulkheads = new Bulkheads();
    private final Binding binding = new Binding();
    private final Map<String, Object> attributes = new HashMap<>();
    private PluginId owner = VIDEO;
    private InputStream body = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));

    private final HttpServletRequest servletRequest = fake(HttpServletRequest.class,
            (_, method, arguments) -> method.getName().equals("setAttribute")
                    ? attributes.put((String) arguments[0], arguments[1])
                    : attributes.get((String) arguments[0]));

    @Test
    void while_a_body_comes_in_slowly_every_place_is_free() throws IOException {
        var freeMeanwhile = new ArrayList<Integer>();
        body = new InputStream() {
            @Override
            public int read() {
                freeMeanwhile.add(free());
                return freeMeanwhile.size() > 3 ? -1 : ' ';
            }
        };

        filter();

        assertThat(freeMeanwhile).isNotEmpty().containsOnly(Bulkheads.AT_ONCE);
        assertThat(free()).isEqualTo(Bulkheads.AT_ONCE - 1);
        assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("   ");
    }

    @Test
    void a_place_is_given_back_once() throws IOException {
        filter();
        assertThat(free()).isEqualTo(Bulkheads.AT_ONCE - 1);

        ShareFilter.giveBack(servletRequest);
        ShareFilter.giveBack(servletRequest);

        assertThat(free()).isEqualTo(Bulkheads.AT_ONCE);
    }

    @Test
    void a_call_of_a_module_that_has_too_much_to_do_is_asked_to_come_again() {
        var taken = take();

        assertThatExceptionOfType(ProblemException.class).isThrownBy(this::filter)
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThat(taken).hasSize(Bulkheads.AT_ONCE);
    }

    @Test
    void the_hosts_own_calls_need_no_place() throws IOException {
        owner = TenantDatabases.CORE;

        filter();

        assertThat(free()).isEqualTo(Bulkheads.AT_ONCE);
        assertThat(attributes).isEmpty();
    }

    @Test
    void a_body_without_an_end_is_refused_and_takes_no_place() {
        body = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };

        assertThatExceptionOfType(ProblemException.class).isThrownBy(this::filter)
                .withMessageContaining(Integer.toString(Bodies.LARGEST))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.TOO_LARGE));
        assertThat(free()).isEqualTo(Bulkheads.AT_ONCE);
    }

    private void filter() throws IOException {
        var filter = new ShareFilter();
        filter.binding = binding;
        filter.bulkheads = bulkheads;
        filter.plugins = new PluginRegistry() {
            @Override
            public PluginId owner(Class<?> type) {
                return owner;
            }
        };
        filter.resource = fake(ResourceInfo.class, (_, method, arguments) -> ShareFilterTest.class);
        filter.servletRequest = servletRequest;
        var request = fake(ContainerRequestContext.class, (_, method, arguments) -> {
            if (method.getName().equals("setEntityStream")) {
                body = (InputStream) Objects.requireNonNull(arguments[0]);
            }
            return body;
        });
        binding.<Void, IOException>call(KnownTenant.CLINIC_NORTH, Actor.anonymous(), () -> {
            filter.filter(request);
            return null;
        });
    }

    /** How many places of video are free at the clinic. */
    private int free() {
        var taken = take();
        taken.forEach(Bulkheads.Place::close);
        return taken.size();
    }

    private List<Bulkheads.Place> take() {
        return IntStream.range(0, Bulkheads.AT_ONCE)
                .mapToObj(i -> bulkheads.take(KnownTenant.CLINIC_NORTH.id(), VIDEO))
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> T fake(Class<T> type, InvocationHandler does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, does));
    }
}
