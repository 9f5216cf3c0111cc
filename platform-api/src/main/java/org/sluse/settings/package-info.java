// SPDX-License-Identifier: Apache-2.0
/**
 * What a clinic can set for a plugin: one record, each component a setting.
 * In: the plugin annotates the components of its settings record. Out: the form in the console, the validation and the values
 * come from that record; secrets are kept encrypted and never leave the server again.
 */
@NullMarked
package org.sluse.settings;

import org.jspecify.annotations.NullMarked;
