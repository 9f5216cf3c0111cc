// SPDX-License-Identifier: Apache-2.0
/**
 * What was declared beside what was observed. In: the register's revisions and the ledger's rows of a clinic, each night. Out: disclosures that nobody had declared, which are
 * incidents, and recipients that are declared and receive nothing; for the clinic's administrator, and as numbers for the operator.
 */
@NullMarked
package org.sluse.host.comparison;

import org.jspecify.annotations.NullMarked;
