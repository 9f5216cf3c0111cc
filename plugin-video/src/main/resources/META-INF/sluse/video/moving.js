// SPDX-License-Identifier: Apache-2.0
// Another time for a session, and what to tell those who are invited to it.

import { Form, api, button, html, messages, nothing, submit } from 'kit';
import { InvitationText } from './invite.js';
import { timeFields, timeOf } from './times.js';

const t = messages('video');

/** Moves `page.session`, which is replaced by the server's answer. */
export class Moving {
  #page;
  #form;
  #text;
  #isOpen = false;
  #moved = false;

  constructor(page) {
    this.#page = page;
    this.#form = new Form(page, { t });
    this.#text = new InvitationText(page);
  }

  /** Opens the form. */
  button() {
    return button(t('session.move'), { icon: 'calendar', kind: 'bare', press: () => this.#open() });
  }

  draw() {
    if (this.#isOpen) return this.#drawForm();
    return this.#moved ? html`<section class="stack"><h2>${t('move.done')}</h2><div class="sheet padded">${
      this.#text.draw({ words: 'invite.moved', startsAt: this.#page.session.startsAt })}</div></section>` : nothing;
  }

  #drawForm() {
    return html`<section class="stack move"><h2>${t('move.title')}</h2><p class="second">${t('move.lead')}</p><div class="sheet padded">${this.#form.draw(html`
      ${timeFields(this.#form, this.#page.session)}
      <div class="buttons">${submit(t('move.act'))}${button(t('move.not'), { press: () => this.#close() })}</div>`, values => this.#move(values))}</div></section>`;
  }

  async #open() {
    this.#isOpen = true;
    await this.#focus('.move input');
  }

  async #close() {
    this.#form.clear();
    this.#isOpen = false;
    await this.#focus('h1');
  }

  async #move(values) {
    this.#page.session = await api.put(`video/sessions/${this.#page.session.id}/time`, timeOf(values));
    this.#moved = true;
    this.#page.say(t('move.done'));
    await this.#close();
  }

  /** What was pressed is gone; the way goes on here. */
  async #focus(selector) {
    this.#page.requestUpdate();
    await this.#page.updateComplete;
    this.#page.querySelector(selector)?.focus();
  }
}
