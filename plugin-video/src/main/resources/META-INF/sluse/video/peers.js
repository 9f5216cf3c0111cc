// SPDX-License-Identifier: Apache-2.0
// The connections of this browser in a call: one to each of the others.

import { PeerCall } from './peer.js';
import { Quality } from './quality.js';

/**
 * Everybody else in a call, and the connection to each. Who is there, and who begins which connection, the server says.
 *
 *     stream           what is sent to each of them
 *     changed()        somebody came or went, or a connection is another than before
 *     tools            {connections, name(person)}: where the tools of the call find the connections, and how a person is shown
 */
export class PeerCalls {
  /** Who else is in: [{participant, role, name, state}]. */
  people = [];

  #live;
  #stream;
  #changed;
  #tools;
  #right;
  #calls = new Map();
  #quality;

  constructor(live, stream, changed, tools) {
    this.#quality = new Quality(tools.connections, words => live.sendNow({ type: 'quality', ...words }));
    this.#live = live;
    this.#stream = stream;
    this.#changed = changed;
    this.#tools = tools;
  }

  /** What the socket has to hand to this object. */
  handlers() {
    const to = name => message => this.#calls.get(message.peer)?.handlers()[name](message);
    return {
      admitted: right => this.#admitted(right),
      people: ({ people }) => this.#present(people),
      start: message => this.#call(message.peer).handlers().start({ ...message, right: this.#right }),
      offer: to('offer'), answer: to('answer'), candidate: to('candidate'),
    };
  }

  close() {
    this.#quality.stop();
    for (const call of this.#calls.values()) call.close();
    this.#calls.clear();
    this.people = [];
    this.#changed();
  }

  /** Since when anybody is in conversation, as far as this page knows; undefined while nobody is. */
  get since() {
    return [...this.#calls.values()].map(call => call.since).filter(Boolean).sort((one, other) => one - other)[0];
  }

  /** 'connected' when everybody is, else what the first who is not is; 'alone' without others. */
  get state() {
    const states = this.others().map(each => each.state);
    return states.find(state => state !== 'connected') ?? states[0] ?? 'alone';
  }

  /** The others as the stage shows them: [{participant, role, name, remote, state}]. */
  others() {
    return this.people.map(({ participant, role, name }) => {
      const { remote, state } = this.#calls.get(participant) ?? { state: 'alone' };
      return { participant, role, name, remote, state };
    });
  }

  /** Each connection that carries is named again, one that does not is asked for anew, and so are those that are missing. */
  #admitted(right) {
    this.#right = right;
    this.#quality.start();
    for (const call of this.#calls.values()) call.handlers().admitted(right);
    this.#live.sendNow({ type: 'ready', token: right.token });
  }

  #present(people) {
    this.people = people;
    for (const [peer, call] of this.#calls) {
      if (people.some(each => each.participant === peer)) continue;
      this.#calls.delete(peer);
      call.close();
    }
    for (const call of this.#calls.values()) call.shrink(this.#smaller);
    this.#changed();
  }

  /** With several others the picture is encoded and sent once for each, and shown in a smaller tile. */
  get #smaller() {
    return this.people.length > 1 ? 2 : 1;
  }

  #call(peer) {
    if (!this.#calls.has(peer)) {
      const live = { sendNow: message => this.#live.sendNow({ ...message, peer }) };
      const { connections, name } = this.#tools;
      const person = () => this.people.find(each => each.participant === peer) ?? { role: 'HOST' };
      const call = new PeerCall(live, this.#stream, () => this.#changed(), { connections, name: () => name(person()) });
      call.shrink(this.#smaller);
      this.#calls.set(peer, call);
    }
    return this.#calls.get(peer);
  }
}
