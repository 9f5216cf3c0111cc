// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

/**
 * Something that an administrator has to accept before the plugin is switched on.
 *
 * @param id stable within the plugin, for example {@code addresses-visible}
 * @param text key of the sentence in the plugin's message bundles
 */
public record Acknowledgement(String id, String text) {}
