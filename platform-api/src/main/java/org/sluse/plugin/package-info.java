// SPDX-License-Identifier: Apache-2.0
/**
 * What a module is: a jar with one {@link org.sluse.plugin.Plugin} bean.
 * In: the host finds the bean, reads its manifest (recipients, activity, pages, settings) and asks it before switching on.
 * Out: the register, the console, the gate and the navigation are made from it. A port that is injected into a class of the
 * plugin's package (or below) is that plugin's: its schema, its role, its timers, its recipients.
 */
@NullMarked
package org.sluse.plugin;

import org.jspecify.annotations.NullMarked;
