// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SluseTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_says_each_command_and_each_exit_code() {
        assertThat(sluse("--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("demo", "start", "stop", "status", "tenant", "register", "remains",
                "operator", "log",
                "0   done",
                "1   the server refused",
                "2   the command", "3   cannot start", "4   no server");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "tenant", "tenant create", "tenant create North --issuer http://issuer.example",
            "tenant create North --policy policy.pdf", "tenant move north", "tenant export north", "tenant offboard",
            "tenant plugin north video maybe",
            "register", "register north --format pdf", "remains", "plugin", "log --lines 0", "log --lines x",
            "remains erase north", "subject export north", "subject export north 4 --format pdf", "start --port 0",
            "start --port 70000", "demo --port x", "score", "extract form.json", "populate",
            "populate form.json --context patient", "populate form.json --now soon", "''"})
    void what_is_not_understood_is_said_in_one_sentence_with_where_to_look(String command) {
        assertThat(sluse(command.isEmpty() ? new String[0] : command.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).startsWith("sluse: ")
                .contains("--help' says what there is.")
                .doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status", "stop", "tenant list", "tenant create North", "tenant move north oslo --dry-run",
            "tenant plugin north video on", "tenant export north --to nowhere.zip", "tenant offboard north --dry-run",
            "tenant certificate north",
            "register north", "remains list", "remains export north loan loan.zip", "remains erase north loan",
            "operator", "operator --end", "log", "nodes",
            "firewall", "plugin list", "subject export north 4", "subject erase north 4 --dry-run",
            "subject requests north", "subject withdraw north 00000000-0000-4000-8000-000000000000"})
    void a_command_for_a_server_that_does_not_run_says_so(String command) {
        assertThat(sluse((command + " --data " + folder).split(" "))).isEqualTo(ExitCode.NO_SERVER);

        assertThat(err.toString()).startsWith("sluse: No server is running for " + folder);
    }

    @Test
    void a_file_that_is_not_there_is_an_issue_of_a_command_about_forms() {
        assertThat(sluse("score", folder.resolve("form.json").toString(), "response.json")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("\"resourceType\": \"OperationOutcome\"",
                "form.json cannot be read; right would be a file with a Questionnaire of FHIR R4 as JSON");
    }

    private int sluse(String... arguments) {
        return Sluse.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
