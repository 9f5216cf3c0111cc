// SPDX-License-Identifier: Apache-2.0
// The socket that comes back by itself, and says what the server has acted on.

import { Problem, tenant } from 'kit';

const beat = 5000;
const silence = 12000;
const shortestPause = 500;
const longestPause = 10000;
const calm = 10000;

/** Why a socket does not come back; the words of the host's CloseCode. */
const ends = { 4403: 'denied', 4404: 'withdrawn', 4409: 'elsewhere', 4410: 'ended', 4423: 'off' };

/** Not understood, ticket refused, too fast. That may be a moment's, as while a database is away; three in a row are not. */
const refusals = [4400, 4401, 4429];
const mostRefusals = 3;

/**
 * A socket of this plugin. It fetches a ticket, joins, beats, and opens again after a cut, each time a little later, until the server says
 * why it must not. Every other code, 1013 (try again later) among them, is a cut.
 *
 *     ticket()         promise of a new ticket
 *     on               {type: message => ...}
 *     line(there)      the connection came or went
 *     over(why)        'denied', 'withdrawn', 'elsewhere', 'ended', 'off' or 'refused'; nothing follows
 */
export class Live {
  #options;
  #socket;
  #joinedAt = 0;
  #acts = [];
  #heartbeats = [];
  #pause = shortestPause;
  #refused = 0;
  #closed = false;
  #heard = 0;

  constructor(options) {
    this.#options = options;
    this.timer = setInterval(() => this.#beat(), beat);
    this.#open();
  }

  /**
   * Sends, and sends again after a cut, until the server has acted on it: the promise is then true, or false when the server refused.
   * Nothing settles it once the socket is closed.
   */
  send(message) {
    return new Promise(settle => {
      const act = { text: JSON.stringify(message), settle };
      this.#acts.push(act);
      if (this.#joined) this.#do([act]);
    });
  }

  /** Sends if the socket is there; what belongs to a passing moment must not come later. */
  sendNow(message) {
    if (this.#joined) this.#socket.send(JSON.stringify(message));
  }

  close() {
    this.#closed = true;
    clearInterval(this.timer);
    this.#socket?.close();
  }

  get #joined() {
    return this.#joinedAt > 0;
  }

  /** The server answers in order, so that the answer to a heartbeat says that it has acted on all before it. */
  #do(acts) {
    for (const act of acts) this.#socket.send(act.text);
    this.#heartbeats.push(acts);
    this.sendNow({ type: 'heartbeat' });
  }

  #settle(acts, done) {
    this.#acts = this.#acts.filter(act => !acts.includes(act));
    for (const act of acts) act.settle(done);
  }

  async #open() {
    let ticket;
    try {
      ticket = await this.#options.ticket();
    } catch (problem) {
      const why = problem instanceof Problem ? whyNot(problem) : undefined;
      return why ? this.#over(why) : this.#again();
    }
    if (this.#closed) return;
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/${tenant}/video`);
    this.#socket = socket;
    this.#heard = Date.now();
    socket.onopen = () => socket.send(JSON.stringify({ type: 'join', ticket }));
    socket.onmessage = event => this.#read(socket, JSON.parse(event.data));
    socket.onclose = event => this.#lost(socket, event.code);
  }

  #read(socket, message) {
    if (socket !== this.#socket) return;
    this.#heard = Date.now();
    if (message.type === 'joined') {
      this.#joinedAt = Date.now();
      this.#options.line?.(true);
      this.#do([...this.#acts]);
    } else if (message.type === 'heartbeat') {
      this.#settle(this.#heartbeats.shift() ?? [], true);
    }
    this.#options.on[message.type]?.(message);
  }

  #beat() {
    if (!this.#socket || this.#socket.readyState > WebSocket.OPEN) return;
    if (Date.now() - this.#heard > silence) {
      const dead = this.#socket;
      dead.close();
      this.#lost(dead, 1006);
    } else if (this.#joined) {
      this.#do([]);
    }
  }

  #lost(socket, code) {
    if (socket !== this.#socket || this.#closed) return;
    const wasCalm = this.#joined && Date.now() - this.#joinedAt > calm;
    const underWay = this.#heartbeats.flat();
    this.#socket = undefined;
    this.#joinedAt = 0;
    this.#heartbeats = [];
    if (wasCalm) this.#pause = shortestPause;
    if (wasCalm || !refusals.includes(code)) this.#refused = 0;
    if (refusals.includes(code)) {
      this.#refused += 1;
      this.#settle(underWay, false);
    }
    if (ends[code]) this.#over(ends[code]);
    else if (this.#refused >= mostRefusals) this.#over('refused');
    else this.#again();
  }

  #again() {
    if (this.#closed) return;
    this.#options.line?.(false);
    setTimeout(() => this.#closed || this.#open(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  #over(why) {
    this.close();
    this.#options.line?.(false);
    this.#options.over?.(why);
  }
}

/** What the refusal of a ticket says about ever getting one; undefined when it says nothing. */
function whyNot({ status, slug }) {
  if (slug === 'not-found') return 'off';
  if (slug === 'session-closed') return 'ended';
  if (status === 403) return 'refused';
  return status === 401 || status === 410 ? 'withdrawn' : undefined;
}
