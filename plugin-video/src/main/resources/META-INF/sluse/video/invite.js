// SPDX-License-Identifier: Apache-2.0
// What the clinic sends to whoever is invited: neutral, in the patient's language, to be copied into whatever the clinic sends with.

import { button, format, html, language, languages, messages, tenant } from 'kit';

const t = messages('video');
const locales = { en: 'en-GB', nb: 'nb-NO', de: 'de-DE' };
const when = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };

/** The text, with its link if it has one, and the choice of its language. `page` is drawn again by `requestUpdate` and confirms by `toast`. */
export class InvitationText {
  #page;
  #chosen = language;
  #words = new Map();

  constructor(page) {
    this.#page = page;
  }

  /**
   * @param words     key of the text, with {when} and, if it has an address, {link}
   * @param address   empty where the text has none
   */
  draw({ words = 'invite.text', address = '', startsAt }) {
    const text = this.#text(words, address, startsAt);
    return html`<div class="field"><label for="invite-language">${t('invite.language')}</label>
        <select id="invite-language" @change=${event => this.#choose(event.target.value)}>${Object.entries(languages).map(([code, name]) =>
          html`<option value=${code} lang=${code} ?selected=${code === this.#chosen}>${name}</option>`)}</select></div>
      <div class="field"><label for="invite-text">${t('invite.label')}</label>
        <textarea id="invite-text" rows="4" readonly lang=${this.#chosen} aria-describedby="invite-hint" .value=${text} @focus=${event => event.target.select()}></textarea>
        <p class="hint" id="invite-hint">${t('invite.hint')}</p></div>
      <div class="buttons">${button(t('invite.copy'), { icon: 'copy', press: () => this.#copy(text) })}</div>`;
  }

  #text(key, link, startsAt) {
    const words = this.#chosen === language ? t(key, { when: '{when}', link: '{link}' }) : this.#words.get(this.#chosen)?.[key] ?? '';
    return format(words, { when: new Intl.DateTimeFormat(locales[this.#chosen], when).format(new Date(startsAt)), link });
  }

  async #choose(code) {
    if (code !== language && !this.#words.has(code)) {
      this.#words.set(code, await (await fetch(`/ui/${tenant}/video/messages/${code}.json`, { headers: { Accept: 'application/json' } })).json());
    }
    this.#chosen = code;
    this.#page.requestUpdate();
  }

  async #copy(text) {
    await navigator.clipboard.writeText(text);
    this.#page.toast(t('invite.copied'));
  }
}
