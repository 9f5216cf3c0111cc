// SPDX-License-Identifier: Apache-2.0
// Showing one's screen: it goes out in place of the camera's picture.

import { button, html, icon, messages, nothing } from 'kit';

const t = messages('video');
const surfaces = ['browser', 'window', 'monitor'];

/** Shows a screen, a window or a tab of the browser's choice, and knows who of the others does. */
export class Share {
  /** Whether this browser can: phones cannot. */
  static possible = Boolean(navigator.mediaDevices?.getDisplayMedia);

  #page;
  #outgoing;
  #connections;
  #camera;
  #track;
  #seen = new Set();

  /** @param camera  answers the track of one's camera, which stays open meanwhile; undefined when there is none */
  constructor(page, connections, outgoing, camera) {
    this.#page = page;
    this.#connections = connections;
    this.#outgoing = outgoing;
    this.#camera = camera;
    connections.whenOpen(each => this.on && each.tell({ type: 'share', on: true }));
    connections.whenAlone(() => this.on && this.#end());
    connections.on('share', ({ on }, from) => this.#heard(on === true, from));
  }

  get on() {
    return Boolean(this.#track);
  }

  /** Whether somebody else's picture is a screen, to be seen whole. */
  get isSeen() {
    return [...this.#connections].some(each => this.#seen.has(each.peer));
  }

  /** Resolves when it is sent, or when the person would rather not. */
  async toggle() {
    return this.on ? this.stop() : this.#start();
  }

  async stop() {
    if (!this.on) return;
    this.#page.say(t('share.ended'));
    await this.#end();
  }

  /** What the person who shares must not forget. */
  draw() {
    if (!this.on) return nothing;
    const { displaySurface } = this.#track.getSettings();
    return html`<p class="sharing row">${icon('share')}<span>${t(`share.${surfaces.includes(displaySurface) ? displaySurface : 'monitor'}`)}</span>
      ${button(t('share.stop'), { press: () => this.stop() })}</p>`;
  }

  async #start() {
    let track;
    try {
      // 15 pictures a second carry a text that scrolls; sharpness counts for more.
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false, selfBrowserSurface: 'exclude' });
      [track] = stream.getVideoTracks();
    } catch (refusal) {
      // The person has closed the browser's question.
      if (refusal.name !== 'NotAllowedError') this.#page.say(t('share.failed'));
      return;
    }
    if ([...this.#connections].length === 0) return track.stop();
    this.#track = track;
    track.contentHint = 'detail';
    track.onended = () => this.stop();
    this.#connections.tell({ type: 'share', on: true });
    this.#page.say(t('share.begun'));
    this.#page.requestUpdate();
    await this.#outgoing.put('video', track);
  }

  #end() {
    this.#track.stop();
    this.#track = undefined;
    this.#connections.tell({ type: 'share', on: false });
    this.#page.requestUpdate();
    return this.#outgoing.put('video', this.#camera());
  }

  #heard(on, { peer, name }) {
    if (on === this.#seen.has(peer)) return;
    if (on) this.#seen.add(peer);
    else this.#seen.delete(peer);
    this.#page.say(t(on ? 'share.other' : 'share.other-ended', { name: name() }));
    this.#page.requestUpdate();
  }
}
