// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.OutboundCall.Method;
import org.sluse.id.Ids;
import org.sluse.video.provider.MediaProvider;
import org.sluse.video.settings.TestSettings;

/** Whereby behind a gate, in this process: the gate writes a record as the server's does, and can be told to refuse. */
public final class WherebyByHand {

    /** Behind it. */
    public final WherebyStandIn standIn = new WherebyStandIn(TestSettings.KEY.reveal(), TestSettings.SITE);

    private Optional<Reason> refusal = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /** From now on the gate refuses. */
    public void refuses(Reason reason) {
        refusal = Optional.of(reason);
    }

    /** From now on each call ends like this. */
    public void fails(RuntimeException how) {
        failure = Optional.of(how);
    }

    /** The provider under test. */
    public MediaProvider provider(Ids ids, Clock clock) {
        var budget = new RateBudget();
        budget.clock = clock;
        return new Whereby(gate(), budget, ids);
    }

    private DisclosureGate gate() {
        return new DisclosureGate() {

            @Override
            public Answer send(OutboundCall call) {
                check();
                if (failure.isPresent()) {
                    throw failure.get();
                }
                var headers = new HashMap<String, String>();
                call.bearer().ifPresent(bearer -> headers.put("authorization", "Bearer " + bearer.reveal()));
                var body = call.method() == Method.DELETE ? "" : json(call.payload()).toString();
                var reply = standIn.answer(call.method().name(), call.target().getRawPath(), headers, body);
                return new Answer(reply.status(), lower(reply.headers()), reply.body());
            }

            @Override
            public URI handOver(OutboundCall call) {
                check();
                return URI.create(call.target() + "?" + Arrays.stream(call.payload().getClass().getRecordComponents())
                        .map(each -> each.getName() + "="
                                + URLEncoder.encode(String.valueOf(value(call.payload(), each)),
                                        StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
            }
        };
    }

    private void check() {
        refusal.ifPresent(reason -> {
            throw new DisclosureRefusedException(reason, "refused by hand");
        });
    }

    private static Map<String, String> lower(Map<String, String> headers) {
        return headers.entrySet()
                .stream()
                .collect(Collectors.toMap(each -> each.getKey().toLowerCase(java.util.Locale.ROOT),
                        Map.Entry::getValue));
    }

    private static JsonValue json(Object value) {
        return switch (value) {
            case Record record -> {
                var object = Json.createObjectBuilder();
                Arrays.stream(record.getClass().getRecordComponents())
                        .forEach(each -> object.add(each.getName(), json(value(record, each))));
                yield object.build();
            }
            case List<?> list -> {
                var array = Json.createArrayBuilder();
                list.forEach(each -> array.add(json(each)));
                yield array.build();
            }
            case Boolean is -> is ? JsonValue.TRUE : JsonValue.FALSE;
            default -> Json.createValue(value.toString());
        };
    }

    private static Object value(Record record, java.lang.reflect.RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
