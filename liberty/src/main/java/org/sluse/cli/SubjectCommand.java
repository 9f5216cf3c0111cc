// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse subject} */
@Command(name = "subject", mixinStandardHelpOptions = true, description = "Gives one person everything that a tenant keeps about them, or erases it.", subcommands = {
        SubjectCommand.Export.class, SubjectCommand.Erase.class, SubjectCommand.Requests.class,
        SubjectCommand.Withdraw.class})
final class SubjectCommand extends CommandGroup {

    SubjectCommand() {
        super("sluse subject export");
    }

    /** A form of an export. */
    enum Format {
        JSON, FHIR, TEXT
    }

    /** {@code sluse subject export} */
    @Command(name = "export", mixinStandardHelpOptions = true, description = "Prints everything that is kept about one person, or writes it into a file that only its owner reads.")
    static final class Export implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "ID", description = "By which the clinic knows the person: its number in full, or an id that a module shows.")
        private String id = "";

        @Option(names = "--to", paramLabel = "FILE", description = "A file that is not there yet; default: standard output.")
        private @Nullable Path file;

        @Option(names = "--format", paramLabel = "json|fhir|text", defaultValue = "json", description = "Everything as JSON or as text for people, or the FHIR resources alone as a bundle; default: ${DEFAULT-VALUE}.")
        private Format format = Format.JSON;

        @Option(names = "--lang", paramLabel = "nb|de|en", description = "The language of the texts; default: en.")
        private @Nullable String language;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var export = server.operator()
                    .exportSubject(tenant, id, format.name().toLowerCase(Locale.ROOT), Optional.ofNullable(language));
            if (file == null) {
                server.line(export.stripTrailing());
            } else {
                Http.keep(file, export.getBytes(StandardCharsets.UTF_8));
                server.line(file.toString());
            }
            return ExitCode.OK;
        }
    }

    /** {@code sluse subject erase} */
    @Command(name = "erase", mixinStandardHelpOptions = true, description = {
            "Erases what may be erased of one person for good, and prints what was erased, and what stays and why; parted by tabs. Export it first.",
            "It takes two people: without --confirm this asks, and an administrator of the tenant confirms it; one who has asked is confirmed with --confirm."})
    static final class Erase implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "ID", description = "By which the clinic knows the person: its number in full, or an id that a module shows.")
        private String id = "";

        @Option(names = "--dry-run", description = "Changes nothing, and prints what would be erased and what would stay.")
        private boolean dryRun;

        @Option(names = "--confirm", paramLabel = "REQUEST", description = "What an administrator has asked for, about this person; 'sluse subject requests' shows it.")
        private @Nullable UUID request;

        @Option(names = "--lang", paramLabel = "nb|de|en", description = "The language of the texts; default: en.")
        private @Nullable String language;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var erasure = server.operator()
                    .eraseSubject(tenant, id, dryRun, Optional.ofNullable(request), Optional.ofNullable(language));
            var done = erasure.getBoolean("dryRun") ? "would-erase" : "erased";
            erasure.getJsonArray("modules").getValuesAs(JsonObject.class).forEach(module -> {
                var name = module.getString("module");
                module.getJsonObject("erased")
                        .forEach((table, rows) -> server
                                .line(String.join("\t", done, name, table, rows.toString())));
                module.getJsonArray("kept").getValuesAs(JsonObject.class).forEach(kept -> kept(name, kept));
            });
            erasure.getJsonArray("kept").getValuesAs(JsonObject.class).forEach(kept -> kept("core", kept));
            erasure.getJsonArray("notSearched")
                    .getValuesAs(JsonObject.class)
                    .forEach(one -> server.line(String.join("\t", "not-searched", one.getString("module"),
                            one.getJsonNumber("rows").toString(), one.getString("why"))));
            if (erasure.containsKey("asked")) {
                var asked = erasure.getJsonObject("asked");
                server.line(String.join("\t", "asked", asked.getString("id"), asked.getString("expiresAt")));
                server.progress("Nothing is erased yet: an administrator of " + tenant + " has to confirm it.");
            }
            return ExitCode.OK;
        }

        private void kept(String module, JsonObject kept) {
            server.line(
                    String.join("\t", "kept", module, kept.getJsonNumber("objects").toString(), kept.getString("what"),
                            kept.getString("why")));
        }
    }

    /** {@code sluse subject requests} */
    @Command(name = "requests", mixinStandardHelpOptions = true, description = "Prints a line for each erasure that waits for a second person: request, who asked, when, until when it can be confirmed; parted by tabs. Whom it is about, the tenant knows.")
    static final class Requests implements Callable<Integer> {

        @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator()
                    .erasureRequests(tenant)
                    .forEach(one -> server.line(String.join("\t", one.getString("id"), one.getString("askedBy"),
                            one.getString("askedAt"), one.getString("expiresAt"))));
            return ExitCode.OK;
        }
    }

    /** {@code sluse subject withdraw} */
    @Command(name = "withdraw", mixinStandardHelpOptions = true, description = "Takes back an erasure that waits for a second person.")
    static final class Withdraw implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "REQUEST", description = "As 'sluse subject requests' shows it.")
        private @Nullable UUID request;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().withdrawErasure(tenant, String.valueOf(request));
            server.line("withdrawn");
            return ExitCode.OK;
        }
    }
}
