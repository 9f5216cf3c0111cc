// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts what is written into chunks of one size, of which memory holds one. {@link #finish} gives the last, which may be shorter and, where nothing was written, empty; to close it ends nothing. */
final class Chunks extends OutputStream {

    private final byte[] buffer;
    private final Sink sink;
    private int filled;

    /** Takes chunks, in their order. The bytes are its own until it returns. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length, boolean last) throws IOException;
    }

    /** @param size in bytes, of every chunk but the last */
    Chunks(int size, Sink sink) {
        this.buffer = new byte[size];
        this.sink = sink;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0, some; done < length; done += some) {
            if (filled == buffer.length) {
                // Only now is it known not to be the last.
                sink.take(buffer, filled, false);
                filled = 0;
            }
            some = Math.min(length - done, buffer.length - filled);
            System.arraycopy(bytes, offset + done, buffer, filled, some);
            filled += some;
        }
    }

    void finish() throws IOException {
        sink.take(buffer, filled, true);
    }
}
