// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sluse.testkit.MessageBundlesContract;

/** The texts of the operator's pages. */
class OperatorMessagesTest extends MessageBundlesContract {

    private static final Pattern OWN = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern OF_THE_KIT = Pattern.compile("\\bkit\\('([^']+)'");

    OperatorMessagesTest() {
        super("operate");
    }

    @Test
    void have_each_key_that_a_page_names() throws IOException, URISyntaxException {
        var own = named(OWN);
        var ofKit = named(OF_THE_KIT);
        assertThat(own).hasSizeGreaterThan(80);
        assertThat(ofKit).isNotEmpty();

        own.keySet().removeAll(bundle("en").keySet());
        own.keySet().removeAll(kit());
        ofKit.keySet().removeAll(kit());

        assertThat(own).as("keys without a text, and the file that names them").isEmpty();
        assertThat(ofKit).as("keys that the kit lacks, and the file that names them").isEmpty();
    }

    @Test
    void name_each_page_at_the_side() {
        assertThat(bundle("en").keySet())
                .containsAll(OperatorPages.ENTRIES.keySet().stream().map(page -> "nav." + page).toList());
    }

    private static Map<String, String> named(Pattern key) throws IOException, URISyntaxException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(folder())) {
            for (var file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
                key.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.put(match.group(1), file.getFileName().toString()));
            }
        }
        return found;
    }

    private static Set<String> kit() throws IOException, URISyntaxException {
        return Files.readAllLines(folder().resolveSibling("kit").resolve("messages_en.properties"))
                .stream()
                .map(line -> line.split("=", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Path folder() throws URISyntaxException {
        return requireNonNull(Path.of(requireNonNull(
                OperatorMessagesTest.class.getResource("/META-INF/sluse/operate/operator-page.js")).toURI())
                .getParent());
    }
}
