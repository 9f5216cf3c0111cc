// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

/** What kind of rooms is made at Whereby. */
public enum WherebyRooms {
    /** For four at most, who send to each other ({@code roomMode normal}). */
    SMALL,
    /** Through Whereby's servers, which decrypt what they pass on ({@code roomMode group}). */
    GROUP
}
