// SPDX-License-Identifier: Apache-2.0
// What the clinic sends a patient: neutral, in the patient's language, to be copied into whatever the clinic sends with.

import { button, format, html, language, languages, messages, tenant } from 'kit';

const t = messages('video');
const locales = { en: 'en-GB', nb: 'nb-NO', de: 'de-DE' };
const when = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** The text with its link and the choice of its language. `page` is drawn again by `requestUpdate` and confirms by `toast`. */
export class InvitationText {
  #page;
  #chosen = language;
  #words = new Map();

  constructor(page) {
    this.#page = page;
  }

  draw({ address, startsAt }) {
    const text = this.#text(address, startsAt);
    return html`<div class="field"><label for="invite-language">${t('invite.language')}</label>
        <select id="invite-language" @change=${event => this.#choose(event.target.value)}>${Object.entries(languages).map(([code, name]) =>
          html`<option value=${code} lang=${code} ?selected=${code === this.#chosen}>${name}</option>`)}</select></div>
      <div class="field"><label for="invite-text">${t('invite.label')}</label>
        <textarea id="invite-text" rows="4" readonly lang=${this.#chosen} aria-describedby="invite-hint" .value=${text} @focus=${event => event.target.select()}></textarea>
        <p class="hint" id="invite-hint">${t('invite.hint')}</p></div>
      <div class="buttons">${button(t('invite.copy'), { icon: 'copy', press: () => this.#copy(text) })}</div>`;
  }

  #text(link, startsAt) {
    const words = this.#chosen === language ? t('invite.text', { when: '{when}', link: '{link}' }) : this.#words.get(this.#chosen) ?? '';
    return format(words, { when: new Intl.DateTimeFormat(locales[this.#chosen], when).format(new Date(startsAt)), link });
  }

  async #choose(code) {
    if (code !== language && !this.#words.has(code)) {
      const texts = await (await fetch(`/ui/${tenant}/video/messages/${code}.json`, { headers: { Accept: 'application/json' } })).json();
      this.#words.set(code, texts['invite.text']);
    }
    this.#chosen = code;
    this.#page.requestUpdate();
  }

  async #copy(text) {
    await navigator.clipboard.writeText(text);
    this.#page.toast(t('invite.copied'));
  }
}
