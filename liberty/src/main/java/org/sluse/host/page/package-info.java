// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and their files. In: the page table (the host's and the plugins'), files in the jars. Out: HTML shells under a strict content policy, static files, bundles.
 */
@NullMarked
package org.sluse.host.page;

import org.jspecify.annotations.NullMarked;
