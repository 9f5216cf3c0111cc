// SPDX-License-Identifier: Apache-2.0
package org.sluse.audit;

/** What was done. */
public enum AuditAction {
    READ, CREATE, CHANGE, DELETE, DISCLOSE, SIGN_IN, SIGN_OUT, SWITCH_ON, SWITCH_OFF
}
