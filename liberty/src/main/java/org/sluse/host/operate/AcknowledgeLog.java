// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

/** A wish to go on with a log that is not what its witness knows. @param why one line of at most 500 characters */
record AcknowledgeLog(String why) {}
