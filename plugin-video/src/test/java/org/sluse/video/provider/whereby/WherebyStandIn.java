// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Stands in for Whereby: {@code POST /v1/meetings}, {@code DELETE /v1/meetings/{id}} and the page of a room, as its interface is described (v1: members, answers, parameters of a room's
 * page). It takes what we have declared and nothing else: any other member, parameter, header of ours or address is a {@link #faults fault}, whether Whereby knows it or not. Thread-safe.
 */
public final class WherebyStandIn {

    private static final Map<String, Set<String>> ALLOWED = Map.of("roomMode", Set.of("normal", "group"),
            "roomNamePattern", Set.of("uuid"));
    private static final Set<String> MEMBERS = Set.of("endDate", "isLocked", "roomMode", "roomNamePattern",
            "roomPreferences", "fields");
    private static final Map<String, String> PARAMETERS = Map.of("chat", "off", "leaveButton", "off", "precallReview",
            "off");
    private static final int LONGEST_NAME = 100;

    private final String key;
    private final URI site;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<String> meetings = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();
    private volatile Optional<Reply> next = Optional.empty();

    /**
     * Without rooms.
     *
     * @param key the account's
     * @param site where its rooms are
     */
    public WherebyStandIn(String key, URI site) {
        this.key = key;
        this.site = site;
    }

    /** What it answers. */
    public record Reply(int status, Map<String, String> headers, String body) {

        static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    /** The next answer is this one, once, whatever is asked. */
    public void answersOnce(Reply reply) {
        next = Optional.of(reply);
    }

    /** What was sent that is not declared; empty when all was. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Each request in full: method, address, headers, body. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Rooms that exist. */
    public Set<String> meetings() {
        return Set.copyOf(meetings);
    }

    /**
     * Hears a request and answers it.
     *
     * @param address path and query
     * @param headers by lower-case name
     */
    public Reply answer(String method, String address, Map<String, String> headers, String body) {
        heard.add(method + " " + address + " " + new TreeMap<>(headers) + " " + body);
        var path = URI.create(address).getRawPath();
        if (next.isPresent()) {
            var reply = next.get();
            next = Optional.empty();
            return reply;
        }
        if (path.startsWith("/v1/")) {
            return ("Bearer " + key).equals(headers.get("authorization")) ? api(method, address, body) : Reply.of(401);
        }
        if (method.equals("GET") && path.matches("/[0-9a-f-]{36}")) {
            return page(address, headers);
        }
        return fault("unknown address " + method + " " + path);
    }

    private Reply api(String method, String address, String body) {
        if (address.contains("?")) {
            return fault("a query at " + address);
        }
        if (method.equals("POST") && address.equals("/v1/meetings")) {
            return create(body);
        }
        if (method.equals("DELETE") && address.matches("/v1/meetings/[0-9]+")) {
            meetings.remove(address.substring("/v1/meetings/".length()));
            return body.isEmpty() ? Reply.of(204) : fault("a body of a deletion");
        }
        return fault("unknown call " + method + " " + address);
    }

    private Reply create(String body) {
        JsonObject meeting;
        try (var reader = Json.createReader(new StringReader(body))) {
            meeting = reader.readObject();
        } catch (JsonException notJson) {
            return fault("no JSON");
        }
        if (!meeting.keySet().equals(MEMBERS)) {
            return fault("members " + meeting.keySet());
        }
        for (var allowed : ALLOWED.entrySet()) {
            if (!(meeting.get(allowed.getKey()) instanceof JsonString value)
                    || !allowed.getValue().contains(value.getString())) {
                return fault(allowed.getKey() + " " + meeting.get(allowed.getKey()));
            }
        }
        if (!JsonValue.TRUE.equals(meeting.get("isLocked"))) {
            return fault("a room that is not locked");
        }
        if (!meeting.getJsonObject("roomPreferences")
                .equals(Json.createObjectBuilder().add("streaming", false).add("roomIntegrations", false).build())) {
            return fault("preferences " + meeting.get("roomPreferences"));
        }
        if (!meeting.getJsonArray("fields").equals(Json.createArrayBuilder().add("hostRoomUrl").build())) {
            return fault("fields " + meeting.get("fields"));
        }
        try {
            var ends = OffsetDateTime.parse(meeting.getString("endDate"));
            if (ends.getMinute() != 0 || ends.getSecond() != 0) {
                return fault("an end that is no whole hour");
            }
        } catch (DateTimeException noTime) {
            return fault("endDate");
        }
        return meeting(meeting.getString("endDate"));
    }

    private Reply meeting(String ends) {
        var number = made.incrementAndGet();
        var id = String.valueOf(1000 + number);
        meetings.add(id);
        var room = "%08d-0000-4000-8000-000000000000".formatted(number);
        return new Reply(201, Map.of(), """
                {"meetingId": "%s", "roomName": "/%s", "roomUrl": "%s/%s", "startDate": "2026-11-23T12:00:00.000Z",
                 "endDate": "%s", "hostRoomUrl": "%s/%s?roomKey=eyJhbGciOiJIUzI1NiJ9.%d"}"""
                .formatted(id, room, site, room, ends, site, room, number));
    }

    /** A browser comes for the page of a room. */
    private Reply page(String address, Map<String, String> headers) {
        if (headers.containsKey("referer")) {
            return fault("a referer");
        }
        var parameters = Arrays
                .stream(Optional.ofNullable(URI.create(address).getRawQuery()).orElse("").split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0],
                        each -> URLDecoder.decode(each.length > 1 ? each[1] : "", StandardCharsets.UTF_8)));
        var rest = new HashSet<>(parameters.keySet());
        rest.removeAll(new ArrayList<>(PARAMETERS.keySet()));
        rest.remove("roomKey");
        var name = parameters.getOrDefault("displayName", "");
        rest.remove("displayName");
        if (!rest.isEmpty()) {
            return fault("parameters " + rest);
        }
        if (!PARAMETERS.entrySet().stream().allMatch(each -> each.getValue().equals(parameters.get(each.getKey())))) {
            return fault("parameters " + parameters.keySet());
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[$!<>:;].*")) {
            return fault("a name that Whereby does not take");
        }
        return new Reply(200, Map.of("Content-Type", "text/html; charset=utf-8"),
                "<!doctype html><html lang=\"en\"><title>Room</title><p>The room"
                        + (parameters.containsKey("roomKey") ? " of the host" : "") + "</p></html>");
    }

    private Reply fault(String what) {
        faults.add(what);
        return Reply.of(400);
    }
}
