// SPDX-License-Identifier: Apache-2.0
import { api, button, country, empty, html, language, linkButton, nothing, t as kit, table } from 'kit';
import { OperatorPage, t } from './operator-page.js';

const particulars = ['name', 'address', 'contact', 'representative', 'officer'];

/** What is processed on behalf of which clinic (GDPR Art. 30(2)), made of the clinics' own registers. */
class OperatorRegister extends OperatorPage {
  async load(signal) {
    this.page = await api.get('register', { query: { lang: language }, signal });
    this.rows = this.page.rows;
    this.more = this.page.more;
  }

  heading() {
    return t(this.more ? 'register.title-more' : 'register.title', { n: this.rows.length });
  }

  lead() {
    return t('register.lead');
  }

  actions() {
    return html`${linkButton(t('register.public'), '/subprocessors')}${linkButton(t('register.download'), api.url('register', { format: 'csv', lang: language }), { icon: 'download', download: true })}`;
  }

  main() {
    const { processor, always, measures } = this.page;
    return html`<div class="stack">
      <section><h2>${t('register.processor')}</h2>${processor.name
        ? html`<dl class="sheet padded papers">${particulars.map(name => html`<div><dt><span>${kit(`register.controller.${name}`)}</span></dt><dd>${processor[name] || '–'}</dd></div>`)}</dl>`
        : html`<p>${t('register.processor-missing')}</p>`}</section>
      ${this.rows.length === 0 ? empty(t('clinics.none'), t('clinics.none-text')) : html`<section><h2>${t('register.clinics')}</h2>${this.#table()}</section>`}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#further() })}</div>` : nothing}
      ${always.length ? html`<section><h2>${t('register.always')}</h2><ul class="bullets">${always.map(each => html`<li>${to(each)}</li>`)}</ul></section>` : nothing}
      ${measures.length ? html`<section><h2>${kit('register.measures')}</h2><ul class="bullets">${measures.map(each => html`<li>${each}</li>`)}</ul></section>` : nothing}
    </div>`;
  }

  #table() {
    return table({
      caption: t('register.clinics'),
      groups: this.rows.map(row => ({
        label: html`<a href=${this.link(`clinics/${row.tenant}`)}>${row.clinic}</a><span class="detail">${
          particulars.map(name => row.controller[name]).filter(Boolean).join(' · ') || t('register.controller-missing')}</span>`,
        rows: row.categories,
        note: row.categories.length ? undefined : t('register.nothing'),
      })),
      columns: [
        { label: kit('register.module'), head: true, cell: row => row.name },
        { label: kit('register.purpose'), cell: row => row.purpose },
        { label: kit('register.recipients'), cell: row => (row.recipients.length ? row.recipients.map(each => html`<p>${to(each)}</p>`) : kit('disclosure.none')) },
      ],
    });
  }

  async #further() {
    const { rows, more } = await api.get('register', { query: { lang: language, after: this.rows.at(-1).tenant } });
    this.rows = [...this.rows, ...rows];
    this.more = more;
  }
}

/** A recipient in a line, with the basis where data leaves the EEA. */
const to = each => html`${each.name}, ${country(each.country)}${each.insideEea ? nothing : html`<span class="detail">${each.transfer ?? kit('register.transfer.none')}</span>`}`;

customElements.define('sluse-operate-register', OperatorRegister);
