// SPDX-License-Identifier: Apache-2.0
/**
 * Video sessions between a practitioner and a patient, with no third party between them.
 * In: the host finds {@link org.sluse.video.VideoPlugin}. Out: its manifest, settings and pages; each feature lies in a package below.
 */
@NullMarked
package org.sluse.video;

import org.jspecify.annotations.NullMarked;
