// SPDX-License-Identifier: Apache-2.0
// One connection between two browsers.

const patience = 4000;

/**
 * The connection to the other browser. The server names who offers and gives each connection a name; one that does not carry within
 * 4 seconds is torn down and a new one asked for, since a repaired one often stays silent.
 *
 *     changed(state)   'alone', 'connecting', 'connected' or 'lost'
 *     tools            {connections, name()}: where the tools of the call find it, and how the other is shown
 */
export class PeerCall {
  state = 'alone';

  /** Since when the two are in conversation, as far as this page knows; undefined while they are not. */
  since;

  remote = new MediaStream();
  #live;
  #stream;
  #changed;
  #tools;
  #right;
  #peer;
  #name;
  #waiting = [];
  #watch;
  #times = 1;

  constructor(live, stream, changed, tools) {
    this.#live = live;
    this.#stream = stream;
    this.#changed = changed;
    this.#tools = tools;
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
    this.#tools.connections.left();
    this.remote = new MediaStream();
    this.since = undefined;
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

  #start({ connection, offerer, right }) {
    this.#right = right;
    this.#peer?.close();
    this.#name = connection;
    this.#waiting = [];
    const peer = new RTCPeerConnection({
      iceServers: this.#right.iceServers,
      iceTransportPolicy: this.#right.relayed ? 'relay' : 'all',
    });
    this.#peer = peer;
    this.#tools.connections.add(peer, { name: this.#tools.name, renew: () => { peer.close(); this.#ready(); }, replaced: () => this.#size() });
    const remote = new MediaStream();
    this.remote = remote;
    peer.ontrack = event => { remote.addTrack(event.track); this.#changed(this.state); };
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate || peer !== this.#peer) return;
      this.#live.sendNow({ type: 'candidate', connection, candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex });
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
      this.since ??= new Date();
      this.#size();
      this.#say('connected');
      this.#live.sendNow({ type: 'connected', connection: this.#name });
    } else if (state === 'disconnected' || state === 'failed') {
      this.#say('lost');
      this.#patience();
    }
  }

  /** Sends the camera's picture so many times smaller, in each direction, than it is taken; a screen stays as it is. */
  shrink(times) {
    this.#times = times;
    this.#size();
  }

  #size() {
    for (const sender of this.#peer?.getSenders() ?? []) {
      if (sender.track?.kind !== 'video') continue;
      const times = sender.track.getSettings().displaySurface ? 1 : this.#times;
      const parameters = sender.getParameters();
      // Empty until the two have agreed on what is sent; then this is called again.
      for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = times;
      sender.setParameters(parameters).catch(() => {});
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
