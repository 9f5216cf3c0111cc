// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Before the container tests of this module and of plugins' test-jars: starts the one server and says where it is. Unit tests start none. */
public final class ServerForContracts implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("sluse.container-tests")) {
            System.setProperty("sluse.test.server", RunningServer.get().base().toString());
            System.setProperty("sluse.test.operator-token", RunningServer.get().operatorToken());
        }
    }
}
