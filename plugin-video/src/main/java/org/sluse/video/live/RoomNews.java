// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;
import org.sluse.live.LiveNews;
import org.sluse.video.provider.RoomListener;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.VideoSession;

/** Tells {@link LiveRooms} what has happened to a session, on whichever node its sockets are: that something is to be read anew, and of it nothing but ids. */
@Dependent
public final class RoomNews implements SessionListener, RoomListener {

    private final LiveNews news;

    @Inject
    public RoomNews(LiveNews news) {
        this.news = news;
    }

    /** What there is to tell. */
    enum What {
        OVER, CHANGED, WITHDRAWN, TURNED_AWAY, PEOPLE
    }

    /**
     * News, as they cross between nodes: three words.
     *
     * @param of the host's staff id when it is over or has changed, the pseudonym of whom it concerns, or the number of people
     */
    record Said(What what, UUID session, String of) {

        String text() {
            return what + " " + session + " " + of;
        }

        static Said of(String text) {
            var words = text.split(" ", 3);
            return new Said(What.valueOf(words[0]), UUID.fromString(words[1]), words[2]);
        }
    }

    private void tell(What what, UUID session, String of) {
        news.tell(new Said(what, session, of).text());
    }

    @Override
    public void over(VideoSession session) {
        tell(What.OVER, session.id(), session.hostId());
    }

    @Override
    public void changed(VideoSession session) {
        tell(What.CHANGED, session.id(), session.hostId());
    }

    @Override
    public void withdrawn(VideoSession session, String inRoom) {
        tell(What.WITHDRAWN, session.id(), inRoom);
    }

    @Override
    public void turnedAway(VideoSession session, String inRoom) {
        tell(What.TURNED_AWAY, session.id(), inRoom);
    }

    @Override
    public void people(UUID session, int people) {
        tell(What.PEOPLE, session, Integer.toString(people));
    }
}
