// SPDX-License-Identifier: Apache-2.0
/**
 * What clinics have set for plugins. In: the settings record of a plugin, and what an administrator types. Out: checked values, kept in the clinic's database, secrets encrypted.
 */
@NullMarked
package org.sluse.host.settings;

import org.jspecify.annotations.NullMarked;
