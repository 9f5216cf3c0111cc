// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.id.Ids;

/** Makes what everything else is started with. */
@OnePerNode
final class HostBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Ids ids() {
        return new SecureIds();
    }

    @Produces
    @Singleton
    HostSettings settings() {
        Config config = ConfigProvider.getConfig();
        var postgres = config.getOptionalValue("sluse.postgres.url", String.class)
                .map(url -> new HostSettings.Postgres(url, config.getValue("sluse.postgres.user", String.class),
                        config.getValue("sluse.postgres.password", String.class)));
        var data = Path.of(config.getValue("sluse.data-dir", String.class)).toAbsolutePath();
        return new HostSettings(data,
                URI.create(config.getValue("sluse.public-url", String.class)), postgres,
                config.getOptionalValue("sluse.disclosure.allow-private", Boolean.class).orElse(false),
                config.getOptionalValue("sluse.control.notify", Boolean.class).orElse(true),
                config.getOptionalValue("sluse.postgres.connections", Integer.class).orElse(100),
                config.getOptionalValue("sluse.location", String.class).orElse("Frankfurt"),
                config.getOptionalValue("sluse.witness", String.class)
                        .map(folder -> Path.of(folder).toAbsolutePath())
                        .orElse(data.resolve("witness")));
    }

    /** Strict: an unknown member, a missing one or a trailing token is an error. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addDeserializer(String.class, new StorableText()))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new RequiredMembers(), new JacksonAnnotationIntrospector()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }
}
