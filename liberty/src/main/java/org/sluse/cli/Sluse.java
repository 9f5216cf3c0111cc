// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code sluse}. */
@Command(name = "sluse", mixinStandardHelpOptions = true, version = "Sluse 0.1.0-SNAPSHOT", description = "Video sessions and questionnaires for clinics, switched on module by module.", subcommands = {
        DemoCommand.class, StartCommand.class, StopCommand.class, StatusCommand.class, NodesCommand.class,
        TenantCommand.class, PluginCommand.class,
        RegisterCommand.class, FirewallCommand.class, LogCommand.class, VerifyLogCommand.class, OperatorCommand.class,
        RemainsCommand.class, SubjectCommand.class, BackupCommand.class, KeysCommand.class,
        RestoreCommand.class, ScoreCommand.class,
        ExtractCommand.class, PopulateCommand.class}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done",
                "1:the server refused", "2:the command was not understood",
                "3:cannot start: port taken, no JDK, data folder not writable, PostgreSQL cannot start, already running",
                "4:no server is running for this data folder",
                "5:a log was altered"}, footer = {"", "Try it: sluse demo"})
final class Sluse extends CommandGroup {

    Sluse() {
        super("sluse demo");
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sluse()).setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, _) -> misunderstood(problem))
                .setExecutionExceptionHandler((problem, command, _) -> stoppedShort(problem, command.getErr()));
    }

    private static int misunderstood(ParameterException problem) {
        var command = problem.getCommandLine();
        command.getErr().println("sluse: " + problem.getMessage());
        command.getErr()
                .println("       '" + command.getCommandSpec().qualifiedName() + " --help' says what there is.");
        return ExitCode.USAGE;
    }

    private static int stoppedShort(Exception problem, PrintWriter err) throws Exception {
        if (problem instanceof StoppedShortException stopped) {
            err.println("sluse: " + stopped.getMessage());
            return stopped.exitCode();
        }
        throw problem;
    }
}
