// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.Gate;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Locations;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Texts;

/** Makes the register. */
@OnePerNode
final class RegisterBeans {

    @Produces
    @Singleton
    Manifests manifests(SettingsStore settings, Texts texts) {
        return new Manifests(settings, texts);
    }

    @Produces
    @Singleton
    RegisterStore store(ControlDatabase control, Vault vault, Clock clock) {
        return new RegisterStore(control, new RegisterSeal(control, vault), json(), clock);
    }

    @Produces
    @Singleton
    HostDeclaration host(HostSettings host, Locations locations, Texts texts) {
        return new HostDeclaration(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class), host,
                locations, texts);
    }

    @Produces
    @Singleton
    Register register(PluginRegistry plugins, Manifests manifests, RegisterStore store, ControlDatabase control,
            HostDeclaration host, Locations locations, Gate gate, Binding binding, Clock clock,
            Event<Register.Widened> widened) {
        return new Register(plugins, manifests, store, new JarNews(control), host, locations, gate, binding, clock,
                widened::fire);
    }

    /** The same value is always the same text, since its hash is what it is known by. */
    static ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build();
    }
}
