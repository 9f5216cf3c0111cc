// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

/** What the host does once a night for each clinic, whichever modules are on. A CDI bean. */
public interface NightTimer {

    /** Unique in the host; lower-case letters and hyphens. */
    String name();

    /** Does it for the bound tenant. May block. When it throws, it runs again after a quarter of an hour. */
    void run();
}
