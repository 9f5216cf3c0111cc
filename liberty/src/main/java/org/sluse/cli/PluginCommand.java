// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluse plugin} */
@Command(name = "plugin", mixinStandardHelpOptions = true, description = "Decides about plugins for all tenants at once.", subcommands = {
        PluginCommand.ListAll.class, PluginCommand.Kill.class, PluginCommand.Revive.class,
        PluginCommand.RollOut.class})
final class PluginCommand extends CommandGroup {

    PluginCommand() {
        super("sluse plugin list");
    }

    /** {@code sluse plugin list} */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints a line for each plugin: id, how many tenants have it on, how far it is rolled out, what is stopped; parted by tabs.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().plugins().forEach(plugin -> server.line(line(plugin)));
            return ExitCode.OK;
        }
    }

    /** {@code sluse plugin kill} */
    @Command(name = "kill", mixinStandardHelpOptions = true, description = "Stops a plugin, or what it sends to one recipient, for every tenant at once. What the tenants want of it is kept.")
    static final class Kill implements Callable<Integer> {

        @Mixin
        private final Stop stop = new Stop();

        @Override
        public Integer call() {
            return stop.set(true);
        }
    }

    /** {@code sluse plugin revive} */
    @Command(name = "revive", mixinStandardHelpOptions = true, description = "Allows again what 'sluse plugin kill' has stopped.")
    static final class Revive implements Callable<Integer> {

        @Mixin
        private final Stop stop = new Stop();

        @Override
        public Integer call() {
            return stop.set(false);
        }
    }

    /** What both need. */
    static final class Stop {

        @Parameters(paramLabel = "PLUGIN", description = "For example video or epr.")
        private String plugin = "";

        @Option(names = "--recipient", paramLabel = "ID", description = "Only what it sends to this recipient, by the id in the plugin's manifest, for example epr.")
        private @Nullable String recipient;

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What the administrators of the clinics read.")
        private String why = "";

        @Mixin
        private final AsOperator server = new AsOperator();

        int set(boolean killed) {
            var wish = Json.createObjectBuilder().add("killed", killed).add("why", why);
            Optional.ofNullable(recipient).ifPresent(id -> wish.add("recipient", id));
            return say(server, server.operator().decide(plugin, "kill", wish.build()));
        }
    }

    /** {@code sluse plugin rollout} */
    @Command(name = "rollout", mixinStandardHelpOptions = true, description = "Opens a plugin to nobody, to named tenants, to a part of them (always the same ones), or to everybody. A tenant outside has it off, whatever it wants.")
    static final class RollOut implements Callable<Integer> {

        private enum Stage {
            NOBODY, PILOT, PERCENT, EVERYBODY
        }

        @Parameters(index = "0", paramLabel = "PLUGIN", description = "For example video or epr.")
        private String plugin = "";

        @Parameters(index = "1", paramLabel = "STAGE", description = "nobody, pilot, percent or everybody.")
        private Stage stage = Stage.NOBODY;

        @Parameters(index = "2..*", paramLabel = "WHO", description = "The tenants of a pilot, or the number of percent.")
        private List<String> who = List.of();

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What the administrators of the clinics outside read.")
        private String why = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var wish = Json.createObjectBuilder().add("stage", stage.name()).add("why", why);
            switch (stage) {
                case PERCENT -> wish.add("percent", percent());
                case PILOT -> wish.add("pilots", Json.createArrayBuilder(who));
                case NOBODY, EVERYBODY -> {
                    if (!who.isEmpty()) {
                        throw new ParameterException(spec.commandLine(),
                                "'%s' names nobody; right would be nothing after it.".formatted(stage));
                    }
                }
            }
            return say(server, server.operator().decide(plugin, "rollout", wish.build()));
        }

        private int percent() {
            if (who.size() == 1 && who.getFirst().matches("\\d{1,3}")) {
                return Integer.parseInt(who.getFirst());
            }
            throw new ParameterException(spec.commandLine(),
                    "'percent' needs one number; right would be for example 'percent 10'.");
        }
    }

    private static int say(AsOperator server, JsonObject done) {
        server.line(line(done.getJsonObject("plugin")));
        var inForce = done.getJsonObject("inForce");
        server.progress("In force on %d of %d nodes.".formatted(inForce.getInt("nodes"), inForce.getInt("of")));
        return ExitCode.OK;
    }

    private static String line(JsonObject plugin) {
        var stage = plugin.getJsonObject("stage");
        var stopped = plugin.getBoolean("killed")
                ? "stopped"
                : plugin.getJsonArray("killedRecipients")
                        .getValuesAs(JsonString::getString)
                        .stream()
                        .map(recipient -> "stopped to " + recipient)
                        .collect(Collectors.joining(", "));
        return String.join("\t", plugin.getString("id"), Integer.toString(plugin.getInt("on")),
                stage.getString("name").toLowerCase(java.util.Locale.ROOT)
                        + (stage.containsKey("percent") ? " " + stage.getInt("percent") : ""),
                stopped);
    }
}
