// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;

/** A socket that remembers what it was told. */
final class RememberingSocket implements LiveConnection {

    final List<String> heard = new ArrayList<>();
    Optional<CloseCode> closed = Optional.empty();

    @Override
    public String id() {
        return "socket";
    }

    @Override
    public void send(String text) {
        heard.add(text);
    }

    @Override
    public void close(CloseCode code) {
        closed = Optional.of(code);
    }

    /** The newest message of the type; empty when there was none. */
    String last(String type) {
        return all(type).stream().reduce((one, next) -> next).orElse("");
    }

    /** Every message of the type, in order. */
    List<String> all(String type) {
        return heard.stream().filter(text -> text.startsWith("{\"type\":\"" + type + "\"")).toList();
    }
}
