// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** The body of a call whose address says everything: {@code {}}. */
public record Nothing() {}
