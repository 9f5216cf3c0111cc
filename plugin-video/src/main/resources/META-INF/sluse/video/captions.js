// SPDX-License-Identifier: Apache-2.0
// Captions that a person in the call types, word by word, over the same channels as messages.

import { html, messages, nothing } from 'kit';
import { textOf } from './connections.js';

const t = messages('video');
const longest = 200;
/** A line goes when nothing has come after it for so long. */
const stays = 12000;

/** What others type is shown over the picture; the newest line of each of them. */
export class Captions {
  #page;
  #connections;
  #lines = new Map();

  constructor(page, connections) {
    this.#page = page;
    this.#connections = connections;
    connections.on('caption', ({ text }, from) => this.#heard(textOf(text, longest), from));
    connections.whenAlone(() => this.#lines.clear());
  }

  /** Over the picture. It is read where one goes to it and not spoken by itself: what is typed is being said at the same time. */
  draw() {
    const lines = [...this.#connections].filter(each => this.#lines.has(each.peer));
    return lines.length === 0 ? nothing : html`<div class="captions" role="log" aria-live="off" aria-label=${t('captions.title')}>${
      lines.map(({ peer, name }) => html`<p>${lines.length > 1 ? html`<strong>${name()}</strong> ` : nothing}${this.#lines.get(peer).text}</p>`)}</div>`;
  }

  /** The field for typing. */
  drawField() {
    return html`<div class="field"><label for="caption-text">${t('captions.write')}</label>
      <input id="caption-text" data-first autocomplete="off" maxlength=${longest} aria-describedby="caption-hint"
        @input=${event => this.#say(event.target.value)} @keydown=${event => this.#end(event)}>
      <p class="hint" id="caption-hint">${t('captions.hint')}</p></div>`;
  }

  #say(text) {
    this.#connections.tell({ type: 'caption', text });
  }

  /** The line is complete and stays where it is read; the next word begins a new one. */
  #end(event) {
    if (event.key === 'Enter') event.target.value = '';
  }

  #heard(text, { peer }) {
    if (text === undefined) return;
    clearTimeout(this.#lines.get(peer)?.timer);
    if (text.trim()) this.#lines.set(peer, { text, timer: setTimeout(() => this.#forget(peer), stays) });
    else this.#lines.delete(peer);
    this.#page.requestUpdate();
  }

  #forget(peer) {
    this.#lines.delete(peer);
    this.#page.requestUpdate();
  }
}
