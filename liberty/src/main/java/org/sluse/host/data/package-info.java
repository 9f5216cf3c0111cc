// SPDX-License-Identifier: Apache-2.0
/**
 * One database for each clinic, in it one schema and one role for each plugin. In: the bound tenant and the plugin that asks. Out: transactions in which
 * rows, audit entry and follow-up meet.
 */
@NullMarked
package org.sluse.host.data;

import org.jspecify.annotations.NullMarked;
