// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything below {@code /api}. Resources are found in the jars of the plugins and in the host. */
@ApplicationPath("/api")
public class PlatformApplication extends Application {}
