// SPDX-License-Identifier: Apache-2.0
// The socket that comes back by itself, and the one connection between two browsers.

import { Problem, tenant } from 'kit';

const beat = 5000;
const silence = 12000;
const patience = 4000;
const longestPause = 10000;

/** Why a socket does not come back; the words of the host's CloseCode. */
const ends = { 4403: 'denied', 4404: 'ended-link', 4409: 'elsewhere', 4410: 'ended', 4423: 'off' };

/**
 * A socket of this plugin. It fetches a ticket, joins, beats, and opens again after a cut until the server says why it must not.
 *
 *     ticket()         promise of a new ticket
 *     on               {type: message => ...}
 *     line(there)      the connection came or went
 *     over(why)        'denied', 'elsewhere', 'ended' or 'off'; nothing follows
 */
export class Live {
  #options;
  #socket;
  #joined = false;
  #unsent = [];
  #pause = 500;
  #closed = false;
  #heard = 0;

  constructor(options) {
    this.#options = options;
    this.timer = setInterval(() => this.#beat(), beat);
    this.#open();
  }

  /** Sends now, or as soon as the socket has joined. */
  send(message) {
    const text = JSON.stringify(message);
    if (this.#joined) this.#socket.send(text);
    else this.#unsent.push(text);
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

  async #open() {
    let ticket;
    try {
      ticket = await this.#options.ticket();
    } catch (problem) {
      if (problem instanceof Problem && problem.slug === 'not-found') return this.#over('off');
      if (problem instanceof Problem && ['session-closed', 'link-not-in-use', 'link-expired'].includes(problem.slug)) return this.#over('ended');
      return this.#again();
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
      this.#joined = true;
      this.#pause = 500;
      this.#options.line?.(true);
      for (const text of this.#unsent.splice(0)) socket.send(text);
    }
    this.#options.on[message.type]?.(message);
  }

  #beat() {
    if (!this.#socket || this.#socket.readyState > WebSocket.OPEN) return;
    if (Date.now() - this.#heard > silence) {
      const dead = this.#socket;
      dead.close();
      this.#lost(dead, 1006);
    } else {
      this.sendNow({ type: 'heartbeat' });
    }
  }

  #lost(socket, code) {
    if (socket !== this.#socket || this.#closed) return;
    this.#socket = undefined;
    this.#joined = false;
    this.#options.line?.(false);
    if (ends[code]) this.#over(ends[code]);
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
    this.#options.over?.(why);
  }
}

/**
 * The connection to the other browser. The server names who offers and gives each connection a name; one that does not carry within
 * 4 seconds is torn down and a new one asked for, since a repaired one often stays silent.
 *
 *     changed(state)   'alone', 'connecting', 'connected' or 'lost'
 */
export class PeerCall {
  state = 'alone';
  remote = new MediaStream();
  #live;
  #stream;
  #changed;
  #right;
  #peer;
  #name;
  #waiting = [];
  #watch;

  constructor(live, stream, changed) {
    this.#live = live;
    this.#stream = stream;
    this.#changed = changed;
  }

  /** What the socket has to hand to this object. */
  handlers() {
    return {
      admitted: message => this.#admitted(message),
      start: message => this.#start(message),
      offer: message => this.#ofPresent(message, () => this.#answer(message)),
      answer: message => this.#ofPresent(message, () => this.#describe({ type: 'answer', sdp: message.sdp })),
      candidate: message => this.#ofPresent(message, () => this.#candidate(message)),
    };
  }

  close() {
    clearTimeout(this.#watch);
    this.#peer?.close();
    this.#peer = undefined;
    this.#name = undefined;
    this.remote = new MediaStream();
    this.#say('alone');
  }

  #admitted(right) {
    this.#right = right;
    if (this.#peer?.connectionState === 'connected') this.#live.sendNow({ type: 'connected', connection: this.#name });
    else this.#ready();
  }

  #ready() {
    if (this.#right) this.#live.sendNow({ type: 'ready', token: this.#right.token });
  }

  #start({ connection, offerer }) {
    this.#peer?.close();
    this.#name = connection;
    this.#waiting = [];
    const peer = new RTCPeerConnection({
      iceServers: this.#right.iceServers,
      iceTransportPolicy: this.#right.relayed ? 'relay' : 'all',
    });
    this.#peer = peer;
    const remote = new MediaStream();
    this.remote = remote;
    peer.ontrack = event => { remote.addTrack(event.track); this.#changed(this.state); };
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate || peer !== this.#peer) return;
      const message = { type: 'candidate', connection, candidate: candidate.candidate };
      if (candidate.sdpMid !== null) message.sdpMid = candidate.sdpMid;
      if (candidate.sdpMLineIndex !== null) message.sdpMLineIndex = candidate.sdpMLineIndex;
      this.#live.sendNow(message);
    };
    peer.onconnectionstatechange = () => peer === this.#peer && this.#moved(peer.connectionState);
    this.#say(this.state === 'connected' || this.state === 'lost' ? 'lost' : 'connecting');
    this.#patience();
    if (offerer) this.#offer(peer);
  }

  async #offer(peer) {
    for (const kind of ['audio', 'video']) {
      const track = this.#stream.getTracks().find(each => each.kind === kind);
      peer.addTransceiver(track ?? kind, { direction: track ? 'sendrecv' : 'recvonly', streams: [this.#stream] });
    }
    await peer.setLocalDescription();
    if (peer === this.#peer) this.#live.sendNow({ type: 'offer', connection: this.#name, sdp: peer.localDescription.sdp });
  }

  async #answer({ sdp }) {
    const peer = this.#peer;
    await this.#describe({ type: 'offer', sdp });
    for (const track of this.#stream.getTracks()) peer.addTrack(track, this.#stream);
    await peer.setLocalDescription();
    if (peer === this.#peer) this.#live.sendNow({ type: 'answer', connection: this.#name, sdp: peer.localDescription.sdp });
  }

  async #describe(description) {
    const peer = this.#peer;
    await peer.setRemoteDescription(description);
    for (const candidate of this.#waiting.splice(0)) await peer.addIceCandidate(candidate).catch(() => {});
  }

  async #candidate({ candidate, sdpMid, sdpMLineIndex }) {
    const found = { candidate, sdpMid, sdpMLineIndex };
    if (this.#peer.remoteDescription) await this.#peer.addIceCandidate(found).catch(() => {});
    else this.#waiting.push(found);
  }

  #ofPresent(message, act) {
    if (message.connection === this.#name && this.#peer) Promise.resolve(act()).catch(() => this.#patience());
  }

  #moved(state) {
    if (state === 'connected') {
      clearTimeout(this.#watch);
      this.#say('connected');
      this.#live.sendNow({ type: 'connected', connection: this.#name });
    } else if (state === 'disconnected' || state === 'failed') {
      this.#say('lost');
      this.#patience();
    }
  }

  #patience() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (!this.#peer || this.#peer.connectionState === 'connected') return;
      this.#ready();
      this.#patience();
    }, patience);
  }

  #say(state) {
    this.state = state;
    this.#changed(state);
  }
}

/**
 * Camera and microphone, as far as they are there; never throws.
 *
 *     answers          {stream, camera, microphone, denied: {camera, microphone}}; denied: there, and the browser may not use it
 */
export async function devices({ picture = true } = {}) {
  const wishes = picture ? [{ audio: true, video: { width: 1280, height: 720 } }, { audio: true }, { video: true }] : [{ audio: true }];
  const refused = new Set();
  const found = stream => {
    const camera = stream.getVideoTracks().length > 0;
    const microphone = stream.getAudioTracks().length > 0;
    return { stream, camera, microphone, denied: { camera: !camera && refused.has('video'), microphone: !microphone && refused.has('audio') } };
  };
  for (const wish of wishes) {
    try {
      return found(await navigator.mediaDevices.getUserMedia(wish));
    } catch (refusal) {
      if (refusal.name === 'NotAllowedError') Object.keys(wish).forEach(kind => refused.add(kind));
    }
  }
  return found(new MediaStream());
}

/** Plays two soft tones; also wakes a sleeping audio output. */
export function chime() {
  const context = new AudioContext();
  [523, 659].forEach((frequency, index) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.15, context.currentTime + index * 0.25);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + index * 0.25 + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + index * 0.25);
    tone.stop(context.currentTime + index * 0.25 + 0.45);
  });
  setTimeout(() => context.close(), 1500);
}
