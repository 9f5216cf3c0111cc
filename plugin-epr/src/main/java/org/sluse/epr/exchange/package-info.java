// SPDX-License-Identifier: Apache-2.0
/**
 * The outbox: completed assessments on their way into the record, each once and in order for each patient.
 * In: a completed assessment, in its own transaction. Out: a transaction bundle through the disclosure gate, and the delivery's life for people to read.
 */
@NullMarked
package org.sluse.epr.exchange;

import org.jspecify.annotations.NullMarked;
