// SPDX-License-Identifier: Apache-2.0
// The call's surface: the others large, oneself in a corner, the tools under it. Used by both sides.

import { html, icon, messages, nothing } from 'kit';
import { Keys, move } from './keys.js';
import { CallTools, tool } from './tools.js';

export { tool };

const t = messages('video');

const isOn = (stream, kind) => stream.getTracks().some(track => track.kind === kind && track.enabled);
const tracksOf = (stream, kind) => stream.getTracks().filter(track => track.kind === kind);

/** Microphone and camera of a person, as tools and as keys. `page` is drawn again by `requestUpdate` and speaks by `say`. */
export class OwnTools {
  /** What else there is during a call. */
  call;

  #page;
  #stream;

  /** @param stream  answers the present stream */
  constructor(page, stream) {
    this.#page = page;
    this.#stream = stream;
    this.call = new CallTools(page, stream);
  }

  /** M, V, those of the other tools and ? while `when()` says so. */
  keys(when) {
    return new Keys({
      when,
      changed: () => this.#page.requestUpdate(),
      acts: { m: () => this.#switch('audio', true), v: () => this.#switch('video', true), ...this.call.acts },
      names: () => ({ m: t('keys.microphone'), v: t('keys.camera'), ...this.call.names() }),
    });
  }

  draw() {
    return this.#kinds().map(({ kind, word, sign, on }) =>
      tool(word, sign, () => this.#switch(kind), { kind: on ? '' : 'off', key: kind === 'audio' ? 'M' : 'V' }));
  }

  /** The same for a small place: the sign is seen, the word is read. */
  drawSmall() {
    return this.#kinds().map(own => this.#small(own));
  }

  /** The camera alone, for a small place. */
  drawCamera() {
    return this.#small(this.#kinds().find(own => own.kind === 'video'));
  }

  #small({ kind, word, sign, on }) {
    return html`<button type="button" class=${`button icon-only ${on ? 'outlined' : 'off'}`}
      @click=${() => this.#switch(kind)}><span class="button-label">${icon(sign)}<span class="hidden-text">${word}</span></span></button>`;
  }

  #kinds() {
    const heard = isOn(this.#stream(), 'audio');
    const seen = isOn(this.#stream(), 'video');
    return [
      { kind: 'audio', on: heard, word: heard ? t('call.mute') : t('call.muted'), sign: heard ? 'microphone' : 'microphone-off' },
      { kind: 'video', on: seen, word: seen ? t('call.camera') : t('call.camera-off'), sign: seen ? 'camera' : 'camera-off' },
    ];
  }

  /** A press is told by the button's new word; a key by the page's voice. */
  #switch(kind, aloud = false) {
    const on = !isOn(this.#stream(), kind);
    for (const track of tracksOf(this.#stream(), kind)) track.enabled = on;
    if (aloud) this.#page.say(t(`call.${kind}-${isOn(this.#stream(), kind) ? 'on' : 'off'}`));
    this.#page.requestUpdate();
  }
}

/** The tools under the stage: one's own, how to use them by keyboard, and the one that ends, apart; of a conversation in a frame, which has tools of its own, that one `only`. */
export function toolbar({ own, keys, last, only = false }) {
  if (only) return html`<footer><div class="tools" role="toolbar" aria-label=${t('call.tools')}><span></span><span></span>${last}</div></footer>`;
  return html`${own.call.drawAround()}<footer>${own.call.drawAbove()}<div class="tools" role="toolbar" aria-label=${t('call.tools')} @keydown=${move}>
    <button type="button" class="button bare all-keys" @click=${() => keys.show()}><span class="button-label">${t('keys.all')} <kbd>?</kbd></span></button>
    <div class="tools-own">${own.draw()}${own.call.draw()}</div>${last}</div></footer>`;
}

/**
 * The pictures of the others, each in a tile of its own, and one's own in a corner.
 *
 *     others   [{name, role, remote, state}], 1 to 3; a role is shown beside the name when there is more than one
 */
export function stage({ others, own }) {
  return html`<div class=${`stage tiles-${others.length}`}>
    ${others.map(each => tile(each, others.length > 1))}
    <video class="own" data-side="own" autoplay playsinline .muted=${true} .srcObject=${own} aria-label=${t('call.picture-own')}></video>
  </div>`;
}

function tile({ name, role, remote, state }, several) {
  return html`<div class="tile">
    <video class=${`other ${state === 'lost' ? 'dim' : ''}`} data-side="other" autoplay playsinline .srcObject=${remote ?? null} aria-label=${t('call.picture-of', { name })}></video>
    ${state === 'connected' ? nothing : html`<p class="stage-words">${t(`call.${state}`, { name })}</p>`}
    <p class="stage-name">${name}${several && role ? html` <span class="detail">${t(`role.${role}`)}</span>` : nothing}</p>
  </div>`;
}
