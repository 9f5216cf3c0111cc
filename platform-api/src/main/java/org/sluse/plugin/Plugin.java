// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.sluse.data.DataMap;
import org.sluse.disclosure.Recipient;
import org.sluse.page.Page;
import org.sluse.tenant.Tenant;

/**
 * A capability that each tenant switches on or off: its manifest, and what the host asks of it. One {@code @ApplicationScoped}
 * bean for each plugin jar. Human texts are keys of the plugin's message bundles
 * {@code META-INF/sluse/<id>/messages_{nb,de,en}.properties}, which hold at least {@code module.name} and
 * {@code module.purpose}. Migrations lie in {@code db/<id>} beside an empty file {@code flyway.location}.
 *
 * @param <S> the settings of a tenant for this plugin: a record, each component a setting
 */
public interface Plugin<S extends Record> {

    /** The stable name. */
    PluginId id();

    /** The record that holds a tenant's settings; every component carries {@link org.sluse.settings.Setting}. */
    Class<S> settingsType();

    /** The processing activity for the register: why, whose and which data, how long. What {@link #dataMap} says of people's data the register adds. */
    Activity activity();

    /**
     * Everyone outside the clinic who receives data with these settings; empty when nobody does. Called often: make it a
     * pure function of the settings.
     */
    List<Recipient> recipients(S settings);

    /**
     * An entry for each column of the tables that the migrations make. The host refuses the plugin at a clinic whose tables it does not agree with, and deletes what is
     * kept for long enough. The same at each call. A plugin without tables has the empty one.
     */
    default DataMap dataMap() {
        return DataMap.NOTHING;
    }

    /** The records that leave: each {@code @Outbound}. The host refuses the plugin at boot when a component is undeclared. */
    default List<Class<? extends Record>> outbound() {
        return List.of();
    }

    /** What an administrator must accept, in so many words, before switching on with these settings; empty for nothing. */
    default List<Acknowledgement> acknowledgements(S settings) {
        return List.of();
    }

    /**
     * Whether the plugin could work for the tenant with these settings. Asked before it is switched on; the reasons are
     * shown to the administrator.
     */
    default Readiness ready(Tenant tenant, S settings) {
        return Readiness.READY;
    }

    /**
     * Called once on each node after the tenant has switched the plugin off and the gate refuses already. What is still open
     * has ended when this returns. The tenant is bound.
     */
    default void switchedOff(Tenant tenant) {
    }

    /** The pages that exist while the plugin is on. */
    default List<Page> pages() {
        return List.of();
    }

    /**
     * Whose pages this one may show in a frame with these settings, and that frame use camera, microphone and screen: origins, each of an endpoint of one of the {@link #recipients}, for
     * example {@code https://rooms.example.org}. Any other frame is blocked by the browser. Empty, as it is for nearly every page: no frame at all.
     */
    default List<URI> frames(Page page, S settings) {
        return List.of();
    }

    /**
     * Addresses below <code>/api/{tenant}/&lt;plugin&gt;/</code> to which other systems post by themselves, for example {@code provider/events}: without the header that only our own pages can
     * add, and as nobody, whatever cookie comes with it. The resource is open to {@link org.sluse.actor.Role#ANYONE}, takes the body as {@code byte[]} and proves by these bytes who
     * sent them, before anything else. Like every other it exists only while the plugin is on. The same at each call.
     */
    default Set<String> doors() {
        return Set.of();
    }
}
