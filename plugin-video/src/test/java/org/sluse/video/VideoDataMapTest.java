// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import org.sluse.testkit.DataMapContract;

class VideoDataMapTest extends DataMapContract {

    VideoDataMapTest() {
        super(new VideoPlugin());
    }
}
