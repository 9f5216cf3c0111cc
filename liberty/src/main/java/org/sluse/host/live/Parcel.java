// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** What one node says to another, as JSON in UTF-8. No cookie is among it: what a browser holds is found out where its socket is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Parcel.Opened.class, name = "opened"),
        @JsonSubTypes.Type(value = Parcel.First.class, name = "first"),
        @JsonSubTypes.Type(value = Parcel.Said.class, name = "said"),
        @JsonSubTypes.Type(value = Parcel.Gone.class, name = "gone"),
        @JsonSubTypes.Type(value = Parcel.Heard.class, name = "heard"),
        @JsonSubTypes.Type(value = Parcel.Close.class, name = "close"),
        @JsonSubTypes.Type(value = Parcel.News.class, name = "news")})
sealed interface Parcel {

    ObjectMapper JSON = JsonMapper.builder().build();

    /** To a clinic's home: a socket has opened. @param signedIn the hash of the session of staff in which it did, as {@code StaffSessions.Key} has it @param network, agent as {@code Source} has them */
    record Opened(String socket, String tenant, String plugin, String signedIn, String network, String agent)
            implements
                Parcel {}

    /** To a clinic's home: the first thing that the browser said, and the objects whose links it holds. */
    record First(String socket, Set<String> held, String text) implements Parcel {}

    /** To a clinic's home: what the browser said then. */
    record Said(String socket, String text) implements Parcel {}

    /** To a clinic's home: the socket is closed, whoever closed it. */
    record Gone(String socket) implements Parcel {}

    /** To the node that has the socket: what the browser is to hear. */
    record Heard(String socket, String text) implements Parcel {}

    /** To the node that has the socket: it is to be closed. */
    record Close(String socket, int code, String reason) implements Parcel {}

    /** To a clinic's home: something has happened that concerns whoever has sockets there. @param actor who did it @param network, agent as {@code Source} has them */
    record News(String tenant, String plugin, Speaker actor, String network, String agent, String text)
            implements
                Parcel {}

    /** An {@code Actor}. */
    record Speaker(String kind, String id, Set<String> roles) {}

    default byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws UncheckedIOException when the bytes are none */
    static Parcel of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Parcel.class);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
