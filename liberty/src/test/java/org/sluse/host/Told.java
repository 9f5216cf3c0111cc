// SPDX-License-Identifier: Apache-2.0
package org.sluse.host;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * An event of CDI's by hand: tells whoever listens, at once and on the same thread.
 *
 * @param <T> what is told
 */
public final class Told<T> implements Event<T> {

    private final List<Consumer<T>> listeners = new ArrayList<>();

    /** Listens from now on. */
    public void to(Consumer<T> listener) {
        listeners.add(listener);
    }

    @Override
    public void fire(T event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
