// SPDX-License-Identifier: Apache-2.0
/**
 * What people see of a plugin: pages and parts of pages, as ES modules below {@code META-INF/sluse/<plugin>/} of its jar.
 * In: the plugin lists them in its manifest. Out: the host serves the HTML shell, the files and the navigation, behind the gate.
 */
@NullMarked
package org.sluse.page;

import org.jspecify.annotations.NullMarked;
