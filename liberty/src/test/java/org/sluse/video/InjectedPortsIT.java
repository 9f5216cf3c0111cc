// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.audit.AuditTrail;
import org.sluse.data.TenantDatabase;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;
import org.sluse.disclosure.OutboundCall;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Vault;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.it.inside.InsideClinic;
import org.sluse.it.inside.InsideServer;
import org.sluse.it.inside.guest.GuestPlugin;
import org.sluse.secret.Secrets;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;
import org.sluse.video.settings.VideoSettings;

/** What the host injects into a class of a plugin: this one lies in the package of video, and so it is video's. Runs inside the server. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("inside")
class InjectedPortsIT {

    @Inject
    TenantContext context;
    @Inject
    TenantDatabase database;
    @Inject
    AuditTrail trail;
    @Inject
    Settings<VideoSettings> settings;
    @Inject
    DisclosureGate disclosure;
    @Inject
    Secrets secrets;

    @Inject
    Binding binding;
    @Inject
    DataPorts host;
    @Inject
    InsideClinic clinic;
    @Inject
    PluginRegistry plugins;
    @Inject
    TenantDatabases databases;
    @Inject
    Vault root;

    /** Would leave, to nobody whom video declares. */
    @Outbound(to = "stranger")
    record Greeting(@Impersonal("the same for everybody") String text) {}

    @Deployment
    static WebArchive application() {
        return InsideServer.application(InjectedPortsIT.class, Greeting.class, GuestPlugin.class,
                GuestPlugin.NoSettings.class);
    }

    @Test
    void the_database_is_the_schema_of_the_plugin_in_whose_package_it_is_injected() {
        assertThat(inClinic(() -> text(database, "select current_schema"))).isEqualTo("video");
    }

    @Test
    void the_tables_of_another_plugin_are_out_of_reach() {
        inClinic(() -> text(host.forPlugin(new org.sluse.plugin.PluginId("epr")), "select count(*) from patient"));

        assertThatThrownBy(() -> inClinic(() -> text(database, "select count(*) from epr.patient")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_class_of_the_plugin_finds_the_plugins_tables() {
        assertThat(inClinic(() -> text(database, "select count(*) from session"))).isEqualTo("0");
    }

    @Test
    void an_audit_entry_names_the_plugin_and_who_acts() {
        inClinic(() -> {
            trail.record(AuditEntry.read("Session", "inside-1").refused());
            return "";
        });

        assertThat(inClinic(() -> text(host.forPlugin(TenantDatabases.CORE), """
                select plugin || ' ' || actor_id || ' ' || action || ' ' || outcome from audit
                where object_id = 'inside-1'"""))).isEqualTo("video test READ REFUSED");
    }

    @Test
    void what_is_sealed_is_sealed_for_the_plugin_the_clinic_and_the_name() {
        var sealed = inClinic(() -> secrets.seal("key-of-a-test", new byte[]{1, 2, 3}));

        assertThat(inClinic(() -> secrets.open("key-of-a-test", sealed))).containsExactly(1, 2, 3);
        var binding = "plugin.secret|inside|video|key-of-a-test";
        assertThat(databases.sealing(clinic.tenant().id()).decrypt(sealed, binding)).isPresent();
        assertThat(root.decrypt(sealed, binding)).isEmpty();
    }

    @Test
    void settings_are_the_plugins_own_record_with_its_defaults() {
        assertThat(inClinic(settings::get).keptDays()).isEqualTo(30);
    }

    @Test
    void the_bean_of_a_plugin_may_itself_be_given_ports() {
        assertThat(plugins.find("guest")).isPresent();
        assertThat(plugins.owner(GuestPlugin.class)).hasToString("guest");
    }

    @Test
    void nothing_leaves_while_the_module_is_off() {
        var call = new OutboundCall(OutboundCall.Method.POST, URI.create("https://stranger.example/"), Optional.empty(),
                Optional.empty(), new Greeting("Hello"));

        assertThatExceptionOfType(DisclosureRefusedException.class)
                .isThrownBy(() -> inClinic(() -> disclosure.send(call)))
                .satisfies(refused -> assertThat(refused.reason())
                        .isEqualTo(DisclosureRefusedException.Reason.MODULE_OFF));
    }

    @Test
    void the_clinic_is_the_one_that_the_host_has_bound() {
        assertThat(inClinic(() -> context.tenant().id().value())).isEqualTo("inside");
    }

    @Test
    void a_thread_of_ones_own_works_for_no_clinic() {
        Executor own = work -> Thread.ofVirtual().start(work);

        var elsewhere = inClinic(() -> CompletableFuture.supplyAsync(() -> context.tenant().id(), own));

        assertThatThrownBy(elsewhere::join).hasMessageContaining("works for no tenant");
    }

    private <T> T inClinic(Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic.tenant(),
                new Actor(Actor.Kind.SYSTEM, "test", Set.of()),
                work::get);
    }

    private static String text(TenantDatabase database, String query) {
        return database.inTransaction(AuditEntry.of(AuditAction.READ, "Test", "*"),
                tx -> tx.handle().createQuery(query).mapTo(String.class).one());
    }
}
