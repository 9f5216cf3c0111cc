// SPDX-License-Identifier: Apache-2.0
// Another camera, microphone or loudspeaker, also during a call.

import { html, messages, nothing } from 'kit';

const t = messages('video');
const kinds = { video: { width: 1280, height: 720 }, audio: {} };

/** The devices of this browser and which of them are used. One that is unplugged is replaced by the one that the browser takes next. */
export class Inputs {
  /** Whether sound can be sent to a loudspeaker of one's choice: Safari and phones follow the system's. */
  static chooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

  #page;
  #stream;
  #changed;
  #isOver;
  #devices = [];
  #speaker = '';
  #failed = '';

  /**
   * @param stream   answers one's own camera and microphone; what is taken instead is put into it
   * @param changed  is told of each track that is taken: `changed(kind, track)`
   * @param isOver   answers whether everything was given back, so that nothing must be taken any more
   */
  constructor(page, stream, { changed, isOver }) {
    this.#page = page;
    this.#stream = stream;
    this.#changed = changed;
    this.#isOver = isOver;
  }

  /** Looks, and goes on looking. */
  async follow() {
    for (const track of this.#stream().getTracks()) this.#watch(track);
    navigator.mediaDevices.ondevicechange = () => this.#look();
    await this.#look();
  }

  draw() {
    const used = kind => this.#track(kind)?.getSettings().deviceId;
    return html`${this.#select('video', t('device.camera'), 'videoinput', used('video'))}
      ${this.#select('audio', t('device.microphone'), 'audioinput', used('audio'))}
      ${Inputs.chooseSpeaker ? this.#select('speaker', t('inputs.speaker'), 'audiooutput', this.#speaker || 'default') : nothing}
      ${this.#failed ? html`<p class="hint" role="alert">${t('inputs.failed', { device: this.#failed })}</p>` : nothing}`;
  }

  /** Sends the sound of these elements to the chosen loudspeaker. */
  apply(elements) {
    if (!Inputs.chooseSpeaker) return;
    for (const each of elements) {
      if (each.sinkId !== this.#speaker) each.setSinkId(this.#speaker).catch(() => {});
    }
  }

  #select(what, label, kind, used) {
    const found = this.#devices.filter(each => each.kind === kind);
    return html`<div class="field"><label for=${`inputs-${what}`}>${label}</label>${found.length === 0
      ? html`<p id=${`inputs-${what}`} class="second">${t('device.missing')}</p>`
      : html`<select id=${`inputs-${what}`} @change=${event => this.#choose(what, event.target)}>
          ${found.some(each => each.deviceId === used) ? nothing : html`<option selected disabled value="">${t('inputs.none')}</option>`}
          ${found.map(each => html`<option value=${each.deviceId} ?selected=${each.deviceId === used}>${each.label}</option>`)}</select>`}</div>`;
  }

  #track(kind) {
    return this.#stream().getTracks().find(each => each.kind === kind);
  }

  async #look() {
    this.#devices = await navigator.mediaDevices.enumerateDevices();
    if (!this.#devices.some(each => each.kind === 'audiooutput' && each.deviceId === this.#speaker)) this.#speaker = '';
    this.#page.requestUpdate();
  }

  /** Unplugged: a track that the page itself stops does not say so (Media Capture and Streams, 4.3.3.1). */
  #watch(track) {
    track.addEventListener('ended', () => this.#take(track.kind));
  }

  async #choose(what, select) {
    const id = select.value;
    this.#failed = '';
    if (what === 'speaker') this.#speaker = id === 'default' ? '' : id;
    else if (!await this.#take(what, id)) {
      this.#failed = this.#devices.find(each => each.deviceId === id)?.label ?? '';
      select.value = this.#track(what)?.getSettings().deviceId ?? '';
    }
    this.#page.requestUpdate();
  }

  /** Takes a device in place of the present one, or that one again when it cannot be had; answers whether it could. Without an id: whichever the browser takes. */
  async #take(kind, id) {
    const old = this.#track(kind);
    // A phone opens one camera at a time.
    old?.stop();
    const track = await open(kind, id) ?? await open(kind, old?.getSettings().deviceId);
    if (this.#isOver()) {
      track?.stop();
      return true;
    }
    if (old) this.#stream().removeTrack(old);
    if (track) {
      track.enabled = old?.enabled ?? true;
      this.#stream().addTrack(track);
      this.#watch(track);
    }
    await this.#changed(kind, track);
    this.#page.requestUpdate();
    return !id || track?.getSettings().deviceId === id;
  }
}

/** Undefined when it cannot be had, never throws. */
async function open(kind, id) {
  const wish = { ...kinds[kind], ...id && { deviceId: { exact: id } } };
  try {
    return (await navigator.mediaDevices.getUserMedia({ [kind]: wish })).getTracks()[0];
  } catch {
    return undefined;
  }
}
