// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, day, empty, html, messages, nothing, stylesheet, submit, table } from 'kit';
import { nameOf } from './common.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** Those whom the practitioner treats: look for one, add one. */
class EprPatients extends StaffPage {
  static plugin = 'epr';
  #text = '';
  search = new Form(this, { t });
  form = new Form(this, { t });

  async load(signal) {
    this.patients = (await api.get('epr/patients', { signal, query: { q: this.#text } })).patients;
  }

  heading() {
    return this.#text ? t('patients.found', { n: this.patients.length, text: this.#text }) : t('patients.title', { n: this.patients.length });
  }

  lead() {
    return t('patients.lead');
  }

  main() {
    return html`<div class="stack">
      ${this.search.draw(html`<div class="row epr-search">${this.search.field({ name: 'q', type: 'text', label: t('patients.search'), maxlength: 80 })}
        ${submit(t('patients.search-do'), { kind: 'outlined', icon: 'search' })}</div>`, async ({ q }) => { this.#text = q; await this.reload(); })}
      ${this.patients.length ? table({ caption: t('patients.caption'), rows: this.patients, columns: [
        { label: t('column.patient'), head: true, cell: each => html`<a href=${this.link(`patients/${each.id}`)}>${nameOf(each)}</a>` },
        { label: t('patients.number'), cell: each => html`<div class="epr-number">${each.number}</div>` },
        { label: t('patients.since'), cell: each => day(each.since) }] }) : this.#text ? nothing : empty(t('patients.add'), t('patients.number-hint'))}
    </div>`;
  }

  aside() {
    return html`<section class="sheet padded"><h2>${t('patients.add')}</h2>${this.form.draw(html`<div class="stack">
      ${this.form.field({ name: 'number', label: t('patients.number'), hint: t('patients.number-hint'), required: true, maxlength: 40 })}
      ${this.form.field({ name: 'name', label: t('patients.name'), hint: t('patients.name-hint'), required: false, maxlength: 80 })}
      <div class="buttons">${submit(t('patients.add-do'))}</div></div>`, async values => {
      const added = await api.post('epr/patients', values);
      location.assign(this.link(`patients/${added.id}`));
    })}</section>`;
  }
}

customElements.define('epr-patients', EprPatients);
