// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

/**
 * One processing activity of the register (GDPR Art. 30(1)). All components are keys of the plugin's message bundles.
 *
 * @param purpose why data is processed (Art. 30(1)(b))
 * @param subjects whose data (Art. 30(1)(c))
 * @param data which data, in the plugin's own words (Art. 30(1)(c)); the register adds the categories of the {@link Plugin#dataMap data map}
 * @param retention what is to be said of the time of keeping beside what the data map says (Art. 30(1)(f)); the register has both
 * @param legalBasis on what ground (Art. 6 and 9)
 */
public record Activity(String purpose, String subjects, String data, String retention, String legalBasis) {}
