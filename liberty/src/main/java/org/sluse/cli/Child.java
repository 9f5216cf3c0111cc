// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that we start and end. */
final class Child {

    private Child() {
    }

    /** Starts a program in the background; what it prints goes to {@code log}. It outlives the terminal when {@code detached}. */
    static Process start(List<String> command, Map<String, String> environment, Path folder, Path log,
            boolean detached) {
        var words = new java.util.ArrayList<>(command);
        if (detached && !System.getProperty("os.name").startsWith("Windows")) {
            words.addFirst("nohup");
        }
        var builder = new ProcessBuilder(words).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException cannotStart) {
            throw StoppedShortException.cannotStart(
                    "The program %s cannot be started: %s.".formatted(words.getFirst(), cannotStart.getMessage()));
        }
    }

    /** Asks the process to end and waits; true when it has ended. */
    static boolean stop(ProcessHandle process, Duration patience) {
        process.destroy();
        return endsWithin(process, patience);
    }

    static boolean endsWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException(unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
