// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.cli.plugin.LeftOut;
import org.sluse.data.KeptCategory;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.host.tenant.Source;
import org.sluse.testkit.MessageBundlesContract;

/** The texts of the kit and of the host's own pages. */
class KitMessagesTest extends MessageBundlesContract {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern NAMED_KEY = Pattern.compile("\\bt\\('([^']+)'");

    KitMessagesTest() {
        super("kit");
    }

    @Test
    void have_each_key_that_a_page_names() throws IOException, URISyntaxException {
        var named = new TreeMap<String, String>();
        try (var files = Files.walk(kit())) {
            for (var file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
                NAMED_KEY.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                        .results()
                        .forEach(match -> named.put(match.group(1), file.getFileName().toString()));
            }
        }
        assertThat(named).as("keys found in the modules of the kit").hasSizeGreaterThan(100);

        named.keySet().removeAll(bundle("en").keySet());

        assertThat(named).as("keys without a text, and the file that names them").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DataCategory.class)
    void name_each_category_of_data(DataCategory category) {
        assertThat(bundle("en")).containsKey("category." + category.name());
    }

    @ParameterizedTest
    @EnumSource(KeptCategory.class)
    void name_each_category_of_what_is_kept(KeptCategory category) {
        assertThat(bundle("en")).containsKey("category." + category.name());
    }

    @ParameterizedTest
    @EnumSource(LeftOut.Reason.class)
    void say_why_a_plugin_is_left_out(LeftOut.Reason reason) {
        assertThat(bundle("en")).containsKey("quarantine." + reason.slug());
    }

    @ParameterizedTest
    @EnumSource(AuditAction.class)
    void name_each_act_of_the_audit_log(AuditAction action) {
        assertThat(bundle("en")).containsKey("audit.action." + action.name());
    }

    @ParameterizedTest
    @EnumSource(DisclosureRefusedException.Reason.class)
    void say_why_a_disclosure_was_refused(DisclosureRefusedException.Reason reason) {
        assertThat(bundle("en"))
                .containsKey("audit.reason." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @ParameterizedTest
    @EnumSource(Source.Agent.class)
    void name_each_kind_of_program(Source.Agent agent) {
        assertThat(bundle("en")).containsKey("audit.agent." + agent.name());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPERATOR", "ADMINISTRATOR", "PRACTITIONER"})
    void name_each_role_of_a_person(Role role) {
        assertThat(bundle("en")).containsKey("role." + role.name().toLowerCase(Locale.ROOT));
    }

    private static Path kit() throws URISyntaxException {
        return requireNonNull(
                Path.of(requireNonNull(KitMessagesTest.class.getResource("/META-INF/sluse/kit/kit.js")).toURI())
                        .getParent());
    }
}
