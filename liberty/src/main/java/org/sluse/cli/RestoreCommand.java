// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse restore} */
@Command(name = "restore", mixinStandardHelpOptions = true, description = "Brings the clinics of a backup place up in a folder where no server was started yet, starts the server there and leaves it running. Prints how much was lost at most (RPO) and how long it took (RTO).", footer = {
        "",
        "What the server needs besides (sluse.properties, jvm.options, plugins/) may lie in the folder already, and so may the witness of the logs (witness/).",
        "A clinic is there whole or not at all."})
final class RestoreCommand implements Callable<Integer> {

    /** The server says itself when it is done; a large clinic takes its time. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    @Parameters(index = "0", paramLabel = "PLACE", description = "The folder with the backups, or a bucket that sluse.properties in the new data folder gets into: s3://BUCKET/PREFIX, gs://BUCKET/PREFIX.")
    private String place = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TENANT", description = "Only this tenant; default: every one of the place.")
    private @Nullable String tenant;

    @Option(names = "--keys", paramLabel = "DIR", description = "The folder with root.json, backup.json and log.key of the installation that made the backups: 'keys' of its data folder. They are in no backup. Required.")
    private @Nullable Path keys;

    @Option(names = "--into", paramLabel = "DIR", required = true, description = "The new data folder.")
    private Path into = Path.of("");

    @Option(names = "--backup", paramLabel = "ID", description = "Which of the tenant's backups, for example 20261127T031200Z-1f2e3d4c; default: the newest.")
    private @Nullable String backup;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port on 127.0.0.1; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--public-url", paramLabel = "URL", description = "The address that people type, without a path; default: http://127.0.0.1:N.")
    private @Nullable URI publicUrl;

    @Mixin
    private final Output output = new Output();

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        var begun = clock.instant();
        Ports.require(port, Ports.HIGHEST, output.spec());
        var data = new DataFolder(into);
        var server = new LocalServer(Installation.ours(), data, PATIENCE);
        server.refuseIfRunning();
        LocalServer.requireFree(port);
        var folder = RestoreFolder.prepare(data, Optional.ofNullable(keys), place, Optional.ofNullable(tenant),
                Optional.ofNullable(backup));
        var url = Optional.ofNullable(publicUrl).orElse(URI.create("http://127.0.0.1:" + port));
        JsonObject result;
        try {
            server.start(port, url, Map.of(), true, output::progress);
            result = folder.result()
                    .orElseThrow(() -> StoppedShortException.refused("The server says nothing about the restore."));
        } catch (StoppedShortException notStarted) {
            throw folder.undo(notStarted);
        }
        return report(result, begun, url);
    }

    private int report(JsonObject result, Instant begun, URI url) {
        var restored = result.getJsonArray("restored").getValuesAs(JsonObject.class);
        restored.forEach(one -> output.line(String.join("\t", one.getString("clinic"), one.getString("backup"),
                one.getJsonNumber("rows").toString(), one.getJsonNumber("bytes").toString(),
                one.getJsonNumber("millis").toString())));
        var oldest = restored.stream()
                .map(one -> Instant.parse(one.getString("at")))
                .min(Comparator.naturalOrder())
                .orElse(begun);
        output.line("RPO " + seconds(Duration.between(oldest, begun)));
        output.line("RTO " + seconds(Duration.between(begun, clock.instant())));
        output.line("ready " + url);
        var refused = result.getJsonArray("refused").getValuesAs(jakarta.json.JsonString.class);
        refused.forEach(one -> output.progress("sluse: " + one.getString()));
        return refused.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String seconds(Duration duration) {
        return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
    }
}
