// SPDX-License-Identifier: Apache-2.0
// Messages between those in the call. They go from browser to browser and are gone with the page.

import { button, html, messages, nothing, time } from 'kit';
import { textOf } from './connections.js';

const t = messages('video');
const longest = 1000;
/** So many are shown; whoever floods the other side pushes out their own. */
const most = 500;

/** What was written, and the field for writing. */
export class Chat {
  /** How many came while the messages were not in view. */
  unread = 0;

  #page;
  #connections;
  #isShown;
  #messages = [];
  #refused = false;

  /** @param isShown  answers whether the messages are in view */
  constructor(page, connections, isShown) {
    this.#page = page;
    this.#connections = connections;
    this.#isShown = isShown;
    connections.on('chat', ({ text }, from) => this.#heard(textOf(text, longest), from.name()));
    connections.whenAlone(() => {
      this.#messages = [];
      this.unread = 0;
    });
  }

  draw() {
    this.unread = 0;
    return html`<p class="second">${t('chat.lead')}</p>
      <div class="chat" role="log" tabindex="0" aria-label=${t('chat.title')}>${this.#messages.map(({ name, text, at }) =>
        html`<div class=${name === undefined ? 'mine' : ''}><span class="detail">${name ?? t('chat.you')}, ${time(at)}</span><p>${text}</p></div>`)}</div>
      <form @submit=${event => this.#send(event)}><div class="field"><label for="chat-text">${t('chat.write')}</label>
        <input id="chat-text" data-first autocomplete="off" maxlength=${longest} aria-describedby=${this.#refused ? 'chat-refused' : nothing}>
        ${this.#refused ? html`<p class="hint" id="chat-refused">${t('chat.nobody')}</p>` : nothing}</div>
        ${button(t('chat.send'), { submits: true })}</form>`;
  }

  #send(event) {
    event.preventDefault();
    const field = event.currentTarget.querySelector('input');
    const text = field.value.trim();
    if (!text) return;
    this.#refused = !this.#connections.tell({ type: 'chat', text });
    if (this.#refused) {
      this.#page.say(t('chat.nobody'));
      this.#page.requestUpdate();
      return;
    }
    field.value = '';
    this.#add({ text });
  }

  #heard(text, name) {
    if (!text?.trim()) return;
    this.#add({ name, text });
    if (this.#isShown()) return;
    this.unread += 1;
    this.#page.say(t('chat.new', { name, text }));
  }

  async #add(message) {
    this.#messages = [...this.#messages, { ...message, at: new Date() }].slice(-most);
    this.#page.requestUpdate();
    await this.#page.updateComplete;
    this.#page.querySelector('.chat')?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }
}
