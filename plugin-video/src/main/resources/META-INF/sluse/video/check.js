// SPDX-License-Identifier: Apache-2.0
// The device check: four rows beside each other, each of which says what was found. Nothing is asked of the browser before a press.

import { banner, button, html, icon, messages, nothing, status, t as kit } from 'kit';
import { chime, devices, listen, reach } from './devices.js';

const t = messages('video');
const lines = {
  GOOD: () => status('ok', t('device.good')),
  WEAK: () => status('attention', t('device.weak-short')),
  BLOCKED: () => status('attention', t('device.no-relay')),
  UNTRIED: () => status('wait', t('device.trying')),
};

const release = media => media?.stream.getTracks().forEach(track => track.stop());

/** Camera and microphone of this person, and what is known of sound and way. `page` is drawn again by `requestUpdate` and speaks by `say`. */
export class DeviceCheck {
  media;

  /** Whether calls go through the clinic's relay, whose way is a thing to try then. */
  relayed = false;

  #page;
  #line = 'UNTRIED';
  #heard = false;
  #level = 0;
  #soundPlayed = false;
  #soundHeard;
  #deafen = () => {};
  /** The newest time that devices were asked for or given back. */
  #asked = 0;

  constructor(page) {
    this.#page = page;
  }

  /**
   * Takes the devices, again if need be; never throws. Without a picture the camera is not asked for. False when they were given back, or asked for again, before
   * the browser had its answer: what it then gives is given back at once.
   */
  async open({ picture = true } = {}) {
    this.close();
    const asked = this.#asked;
    const media = await devices({ picture });
    if (asked !== this.#asked) {
      release(media);
      return false;
    }
    this.media = media;
    return true;
  }

  /** The check is over; the devices stay open. */
  done() {
    this.#deafen();
    this.#deafen = () => {};
  }

  /** Gives the devices back, those too that the browser is still being asked for. */
  close() {
    this.#asked += 1;
    this.done();
    release(this.media);
  }

  /** Tries the way to the relay. */
  async tryRelay(iceServers) {
    this.#line = 'UNTRIED';
    this.#page.requestUpdate();
    this.#line = await reach(iceServers);
    this.#page.requestUpdate();
  }

  /** The result in the four words that travel to the host. */
  words(connected) {
    const word = there => (there ? 'WORKING' : 'MISSING');
    const line = this.relayed ? this.#line : 'GOOD';
    return { camera: word(this.media.camera), microphone: word(this.media.microphone),
      speaker: this.#soundHeard === undefined ? 'UNTRIED' : word(this.#soundHeard), connection: connected ? line : 'WEAK' };
  }

  /** @param tool  what switches the camera, laid over the picture */
  draw(connected, tool) {
    if (!this.media) {
      return html`<p>${t('device.explain')}</p>${button(t('device.allow'), { icon: 'camera', press: () => this.#try() })}`;
    }
    const { camera, microphone, denied } = this.media;
    const lacks = refused => status('attention', refused ? t('device.refused') : t('device.missing'));
    const line = !connected ? status('attention', t('device.blocked')) : this.relayed ? lines[this.#line]() : lines.GOOD();
    const help = connected && this.relayed ? { WEAK: 'device.weak', BLOCKED: 'device.no-relay.help' }[this.#line] : undefined;
    return html`
      ${denied.camera || denied.microphone ? banner('wait', t('device.denied'), { action: button(kit('page.again'), { press: () => this.#try() }) }) : nothing}
      <div class="mirror"><video autoplay playsinline .muted=${true} .srcObject=${this.media.stream} aria-label=${t('call.picture-own')}></video>
        <p class="mirror-words">${icon('eye')}<span>${t('device.only-you')}</span></p>
        ${camera ? html`<div class="mirror-tool">${tool}</div>` : nothing}</div>
      <ul class="plain-rows device-rows">
        <li class="row">${icon('camera')}<span class="grow">${t('device.camera')}</span>${camera ? status('ok', t('device.working')) : lacks(denied.camera)}</li>
        <li class="row">${icon('microphone')}<span>${t('device.microphone')}</span><span class="grow">${microphone && !this.#heard ? this.#bars() : nothing}</span>${
          !microphone ? lacks(denied.microphone) : this.#heard ? status('ok', t('device.heard')) : status('wait', t('device.speak'))}</li>
        ${this.#sound()}
        <li class="row">${icon('connection')}<span class="grow">${t('device.connection')}</span>${line}
          ${help ? html`<p class="answer second">${t(help)}</p>` : nothing}</li>
      </ul>`;
  }

  #bars() {
    return html`<span class="level" aria-hidden="true">${Array.from({ length: 6 }, (_, each) => html`<i class=${each < this.#level ? 'on' : ''}></i>`)}</span>`;
  }

  /** The person hears a sound and says so: no page can know whether a loudspeaker was heard. */
  #sound() {
    const answer = (word, heard) => button(word, { pressed: String(this.#soundHeard === heard), press: () => this.#answerSound(heard) });
    return html`<li class="row">${icon('sound')}<span class="grow">${t('device.sound')}</span>${
      this.#soundHeard === undefined ? nothing : this.#soundHeard ? status('ok', t('device.working')) : status('attention', t('device.unheard'))}
      ${button(t('device.play'), { icon: 'play', press: () => this.#play() })}
      ${this.#soundPlayed ? html`<div class="row answer" role="group" aria-labelledby="sound-question"><span class="grow" id="sound-question">${t('device.did-you-hear')}</span>
        <div class="buttons">${answer(t('device.yes'), true)}${answer(t('device.no'), false)}</div></div>` : nothing}
      ${this.#soundHeard === false ? html`<p class="answer second">${t('device.unheard.help')}</p>` : nothing}</li>`;
  }

  async #try() {
    this.#heard = false;
    if (!await this.open() || !this.media.microphone) return;
    this.#deafen = listen(this.media.stream, (level, speech) => {
      if (level === this.#level && !speech) return;
      this.#level = level;
      this.#heard = speech;
      if (speech) this.done();
      this.#page.requestUpdate();
    });
  }

  #play() {
    chime();
    this.#soundPlayed = true;
    this.#soundHeard = undefined;
    this.#page.say(t('device.did-you-hear'));
  }

  #answerSound(heard) {
    this.#soundHeard = heard;
    this.#page.say(heard ? t('device.working') : t('device.unheard.help'));
  }
}
