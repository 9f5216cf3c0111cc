// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sluse.proof.LogKey;
import org.sluse.proof.LogProof;
import org.sluse.proof.Verdict;
import org.sluse.proof.Witness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluse verify-log} */
@Command(name = "verify-log", mixinStandardHelpOptions = true, description = "Proves that nobody has altered a log, or says what was altered: asks the running server and compares with the witness's file, or reads a file that an administrator has downloaded, for which no server is needed.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the log is proved", "1:the server refused", "2:the command was not understood",
        "4:no server is running for this data folder", "5:the log was altered"})
final class VerifyLogCommand implements Callable<Integer> {

    private static final String NO_LOG = "";

    @Parameters(arity = "0..1", paramLabel = "TENANT|FILE", defaultValue = NO_LOG, description = "A tenant's id, or a proof file; default: the operator's own log.")
    private String log = NO_LOG;

    @Option(names = "--key", paramLabel = "KEY", description = "The key that it must be signed with, as /api/log-key shows it; default: the one that the log names, which is printed.")
    private @Nullable String key;

    @Option(names = "--witness", paramLabel = "PATH", description = "The witness's file of the log, or the folder of all; default: the running server's, and for a file none.")
    private @Nullable Path witness;

    @Option(names = "--show-key", description = "Prints the key that the running server signs with, and does nothing else.")
    private boolean showKey;

    @Option(names = "--acknowledge", paramLabel = "REASON", description = "Takes responsibility for a log that is not what its witness knows, for example after a restore; a tenant is served again from then on.")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        if (showKey) {
            server.line(server.operator().logs().getString("key"));
            return ExitCode.OK;
        }
        var file = Path.of(log);
        if (!log.equals(NO_LOG) && Files.isRegularFile(file)) {
            if (reason != null) {
                throw new ParameterException(spec.commandLine(),
                        "A file cannot be acknowledged; right would be the tenant's id.");
            }
            return say(read(file));
        }
        if (log.contains("/") || log.endsWith(".jsonl")) {
            throw StoppedShortException.refused(
                    "There is no file %s; right would be one that was downloaded, or a tenant's id.".formatted(log));
        }
        var operator = server.operator();
        if (reason != null) {
            operator.acknowledgeLog(log, reason);
            server.line("Acknowledged: the log of %s goes on from what it is now.".formatted(name()));
            return ExitCode.OK;
        }
        var folder = Path.of(operator.logs().getString("witness"));
        return say(
                operator.logProof(log, proof -> verify(proof, LogProof.Age.CURRENT,
                        witnessIn(Optional.ofNullable(witness).orElse(folder)))));
    }

    private Verdict read(Path file) {
        try (var proof = Files.newInputStream(file)) {
            var origin = new String(proof.readNBytes(2048), java.nio.charset.StandardCharsets.UTF_8)
                    .replaceFirst("(?s)\\A\\{\"proof\":1,\"origin\":\"[^\"/]*/([^\"]*)\".*", "$1");
            try (var again = Files.newInputStream(file)) {
                var notes = Optional.ofNullable(witness);
                return verify(again, LogProof.Age.PAST, notes.isEmpty()
                        ? Stream::empty
                        : new Witness(Files.isDirectory(notes.get())
                                ? notes.get().resolve(origin + ".txt")
                                : notes.get())::notes);
            }
        } catch (IOException unreadable) {
            throw StoppedShortException.refused("%s cannot be read.".formatted(file));
        }
    }

    private Supplier<Stream<String>> witnessIn(Path place) {
        if (!Files.exists(place)) {
            throw StoppedShortException.refused(
                    "The witness's folder %s is not there; right would be its disk mounted, or --witness with another one."
                            .formatted(place));
        }
        var file = Files.isDirectory(place)
                ? place.resolve(log.equals(NO_LOG) ? "operator.txt" : "clinic/" + log + ".txt")
                : place;
        if (!Files.exists(file)) {
            server.progress("The witness has no file %s yet; the log is compared with itself only.".formatted(file));
        }
        return new Witness(file)::notes;
    }

    private Verdict verify(InputStream proof, LogProof.Age age, Supplier<Stream<String>> notes) {
        var known = Optional.ofNullable(key)
                .map(text -> LogKey.parse(text)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(),
                                "'%s' is no key of a log; right would be name+hexadecimals+Base64.".formatted(text))));
        try {
            return LogProof.verify(proof, age, known, notes,
                    lines -> server.progress("%,d lines ...".formatted(lines)));
        } catch (IOException cut) {
            throw StoppedShortException.refused("The log could not be read to its end: %s".formatted(cut.getMessage()));
        }
    }

    private String name() {
        return log.equals(NO_LOG) ? "the operator" : log;
    }

    private int say(Verdict verdict) {
        verdict.acknowledged().forEach(one -> server.line("Acknowledged: " + one));
        verdict.findings()
                .forEach(one -> server.line("%s: %s".formatted(
                        one.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), one.sentence())));
        if (verdict.more() > 0) {
            server.line("%,d more.".formatted(verdict.more()));
        }
        if (!verdict.isProved()) {
            server.progress("%s: altered.".formatted(verdict.origin()));
            return ExitCode.ALTERED;
        }
        server.line("%s: %,d entries, %,d of them proved by %,d checkpoints.".formatted(verdict.origin(),
                verdict.entries(), verdict.proved(), verdict.checkpoints()));
        server.line("Signed with %s".formatted(verdict.key()));
        return ExitCode.OK;
    }
}
