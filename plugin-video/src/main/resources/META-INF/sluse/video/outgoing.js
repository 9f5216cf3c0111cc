// SPDX-License-Identifier: Apache-2.0
// What this person sends.

const sends = ({ direction, stopped }) => !stopped && direction.startsWith('send');

/** The tracks that everybody in the call gets: at most one of sound and one of picture. */
export class Outgoing {
  /** For connections that begin; the present ones follow by themselves. */
  stream = new MediaStream();

  #connections;

  constructor(connections) {
    this.#connections = connections;
  }

  /** Sends this track in place of the present one of its kind; without one, nothing of this kind. */
  async put(kind, track) {
    for (const old of this.stream.getTracks().filter(each => each.kind === kind)) this.stream.removeTrack(old);
    if (track) this.stream.addTrack(track);
    await Promise.all([...this.#connections].map(each => putOn(each, kind, track)));
  }
}

/** A connection that has no place for the track, or whose place would keep showing the last picture, is made anew. */
async function putOn({ peer, renew, replaced }, kind, track) {
  const all = peer.getTransceivers();
  // Not begun yet: it takes its tracks from the stream.
  if (all.length === 0) return;
  const place = all.find(each => each.receiver.track.kind === kind && sends(each));
  if (place && track) {
    await place.sender.replaceTrack(track);
    replaced();
  } else if (place || track) renew();
}
