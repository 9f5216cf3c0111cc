// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.sluse.it.inside.InsideServer;

/** Before the container tests of this module and of plugins' test-jars: starts the one server, says where it is, and prepares the one that Arquillian starts. Unit tests start none. */
public final class ServerForContracts implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("sluse.container-tests")) {
            InsideServer.configure();
            System.setProperty("sluse.test.server", RunningServer.get().base().toString());
            System.setProperty("sluse.test.operator-token", RunningServer.get().operatorToken());
            System.setProperty("sluse.test.identity-provider", RunningServer.get().identityProvider().toString());
        }
    }
}
