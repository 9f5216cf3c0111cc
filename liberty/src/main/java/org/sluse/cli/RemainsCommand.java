// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluse remains} */
@Command(name = "remains", mixinStandardHelpOptions = true, description = "Shows, exports and erases what plugins have left behind that are not in the server any more.", subcommands = {
        RemainsCommand.ListAll.class, RemainsCommand.Export.class, RemainsCommand.Erase.class})
final class RemainsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "A command is missing; right would be for example 'sluse remains list'.");
    }

    /** {@code sluse remains list} */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints a line for each table: tenant, plugin, table, rows; parted by tabs.")
    static final class ListAll implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "TENANT", description = "Only this tenant; default: all, one after the other.")
        private @Nullable String tenant;

        @Mixin
        private final DataOption data = new DataOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            var operator = Operator.of(data.folder());
            Optional.ofNullable(tenant)
                    .map(List::of)
                    .orElseGet(() -> operator.tenants().stream().map(one -> one.getString("id")).toList())
                    .forEach(id -> print(id, operator.remains(id)));
            return ExitCode.OK;
        }

        private void print(String id, JsonObject remains) {
            remains.forEach((plugin, tables) -> tables.asJsonObject()
                    .forEach((table, rows) -> output.line(String.join("\t", id, plugin, table, rows.toString()))));
        }
    }

    /** {@code sluse remains export} */
    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes them into a zip, a CSV for each table.")
    static final class Export implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "PLUGIN", description = "The id of the plugin that is gone.")
        private String plugin = "";

        @Parameters(index = "2", paramLabel = "FILE", description = "A file that is not there yet, for example loan.zip.")
        private Path file = Path.of("");

        @Mixin
        private final DataOption data = new DataOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            Operator.of(data.folder()).exportRemains(tenant, plugin, file);
            output.line(file.toString());
            return ExitCode.OK;
        }
    }

    /** {@code sluse remains erase} */
    @Command(name = "erase", mixinStandardHelpOptions = true, description = "Erases them for good: tables, settings, links. Export them first.")
    static final class Erase implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "PLUGIN", description = "The id of the plugin that is gone.")
        private String plugin = "";

        @Mixin
        private final DataOption data = new DataOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            Operator.of(data.folder()).eraseRemains(tenant, plugin);
            output.line("erased");
            return ExitCode.OK;
        }
    }
}
