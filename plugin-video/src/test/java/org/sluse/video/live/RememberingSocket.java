// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;

/** A socket that remembers what it was told. */
final class RememberingSocket implements LiveConnection {

    /** What the browser holds of one that holds all links, as most of these tests have it. */
    private static final Set<String> EVERY_LINK = new AbstractSet<>() {
        @Override
        public boolean contains(Object link) {
            return true;
        }

        @Override
        public Iterator<String> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return 0;
        }
    };

    private final Set<String> held;
    final List<String> heard = new ArrayList<>();
    Optional<CloseCode> closed = Optional.empty();

    RememberingSocket() {
        this(EVERY_LINK);
    }

    /** @param held the participants whose links the browser holds */
    RememberingSocket(Set<String> held) {
        this.held = held;
    }

    @Override
    public Set<String> held() {
        return held;
    }

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
