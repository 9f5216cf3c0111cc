// SPDX-License-Identifier: Apache-2.0
// The connections of a call as its tools see them: how many there are, and how each came about, is not theirs to know.

/** The longest message that is read, in UTF-16 units; ours have at most 1,100. */
const longest = 4000;

/**
 * The present connections to the other browsers, and a channel over each of them. What is said there goes from browser to browser, encrypted from end to end, and is
 * kept by nobody. Iterates over the connections that are not closed:
 *
 *     peer        the RTCPeerConnection
 *     name()      how the other is shown
 *     renew()     tears it down and asks for a new one in its place
 *     replaced()  what is sent on it is another track than before
 *     tell(...)   says a message to the other, if the channel is open; answers whether it was
 */
export class Connections {
  #all = [];
  #ears = new Map();
  #opened = [];
  #alone = [];

  [Symbol.iterator]() {
    return this.#all.filter(each => each.peer.signalingState !== 'closed').values();
  }

  /** A new connection, handed over before anything is offered on it. */
  add(peer, { name, renew, replaced }) {
    // Made by both sides with the same number, so that it need not be announced (WebRTC 1.0, 6.2: negotiated).
    const channel = peer.createDataChannel('tools', { negotiated: true, id: 0 });
    const tell = message => {
      const open = channel.readyState === 'open';
      if (open) channel.send(JSON.stringify(message));
      return open;
    };
    const connection = { peer, name, renew, replaced, tell };
    this.#all = [...this, connection];
    channel.onopen = () => this.#opened.forEach(act => act(connection));
    channel.onmessage = ({ data }) => this.#read(data, connection);
  }

  /** One was closed for good, and none comes in its place: whoever is left alone has nobody to share with or to write to. */
  left() {
    if ([...this].length === 0) this.#alone.forEach(act => act());
  }

  /** Hears messages of one type: `heard(message, connection)`. What they hold is another browser's, and to be looked at before it is used. */
  on(type, heard) {
    this.#ears.set(type, heard);
  }

  /** Acts as soon as something can be said on a connection. */
  whenOpen(act) {
    this.#opened.push(act);
  }

  /** Acts when the last one is closed for good. */
  whenAlone(act) {
    this.#alone.push(act);
  }

  /** Says it to everybody; answers whether anybody was there. */
  tell(message) {
    return [...this].map(each => each.tell(message)).includes(true);
  }

  #read(data, connection) {
    if (typeof data !== 'string' || data.length > longest) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    this.#ears.get(message?.type)?.(message, connection);
  }
}

/** What another browser says, when it is a text of at most so many UTF-16 units; undefined otherwise. */
export const textOf = (value, most) => (typeof value === 'string' && value.length <= most ? value : undefined);
