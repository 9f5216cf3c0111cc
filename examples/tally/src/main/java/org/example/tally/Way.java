// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

/** How a patient got in touch. */
public enum Way {
    PHONE, LETTER, VISIT
}
