// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.MurmurHash3;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** How far the operator has rolled a plugin out. A clinic that is not admitted has it off, whatever it wants. */
public sealed interface Stage {

    /** Whether the clinic may have the plugin. */
    boolean admits(PluginId plugin, TenantId tenant);

    /** Whether it is on its way: to some clinics and not to all. */
    default boolean isPartial() {
        return this instanceof Pilot || this instanceof Percent;
    }

    /** Whether it is an earlier step on the way from nobody over a pilot and percentages to everybody. */
    default boolean isNarrowerThan(Stage other) {
        return width(this) < width(other);
    }

    private static int width(Stage stage) {
        return switch (stage) {
            case Nobody _ -> 0;
            case Pilot _ -> 1;
            case Percent(int percent) -> 2 + percent;
            case Everybody _ -> 103;
        };
    }

    /** Its name as it is stored and spoken: {@code NOBODY}, {@code PILOT}, {@code PERCENT}, {@code EVERYBODY}. */
    default String name() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /**
     * The stage of this name.
     *
     * @param percent of {@code PERCENT}, and of no other
     * @param pilots ids of {@code PILOT}, and of no other
     * @throws IllegalArgumentException when there is none of this name, or a value does not fit
     */
    static Stage of(String name, int percent, Collection<String> pilots) {
        return switch (name) {
            case "NOBODY" -> new Nobody();
            case "PILOT" -> new Pilot(pilots.stream().map(TenantId::new).collect(Collectors.toSet()));
            case "PERCENT" -> new Percent(percent);
            case "EVERYBODY" -> new Everybody();
            default -> throw new IllegalArgumentException(
                    "There is no stage '" + name + "'; right would be NOBODY, PILOT, PERCENT or EVERYBODY");
        };
    }

    /** To no clinic. */
    record Nobody() implements Stage {

        @Override
        public boolean admits(PluginId plugin, TenantId tenant) {
            return false;
        }
    }

    /** To named clinics. */
    record Pilot(Set<TenantId> tenants) implements Stage {

        public Pilot {
            tenants = Set.copyOf(tenants);
        }

        @Override
        public boolean admits(PluginId plugin, TenantId tenant) {
            return tenants.contains(tenant);
        }
    }

    /**
     * To a part of the clinics, each drawn once and for all for a plugin: who is in at 10 % is in at 20 %, and it is not the same clinics that are first for
     * every plugin.
     *
     * @param percent 0 to 100
     */
    record Percent(int percent) implements Stage {

        private static final int PLACES = 10_000;

        public Percent {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("A roll-out to " + percent + " %; right would be 0 to 100");
            }
        }

        @Override
        public boolean admits(PluginId plugin, TenantId tenant) {
            var drawn = MurmurHash3
                    .hash32x86((plugin.value() + ":" + tenant.value()).getBytes(StandardCharsets.UTF_8));
            return Integer.remainderUnsigned(drawn, PLACES) < percent * (PLACES / 100);
        }
    }

    /** To every clinic that wants it. */
    record Everybody() implements Stage {

        @Override
        public boolean admits(PluginId plugin, TenantId tenant) {
            return true;
        }
    }
}
