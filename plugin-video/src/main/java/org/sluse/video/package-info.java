// SPDX-License-Identifier: Apache-2.0
/** Video sessions between a practitioner and a patient, with no third party between them. */
@NullMarked
package org.sluse.video;

import org.jspecify.annotations.NullMarked;
