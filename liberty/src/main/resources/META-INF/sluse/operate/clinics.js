// SPDX-License-Identifier: Apache-2.0
import { Form, api, button, day, empty, html, language, list, nothing, status, submit, table } from 'kit';
import { OperatorPage, t } from './operator-page.js';

/** The clinics of the platform, page by page: the address says what is looked for (?search=). */
class Clinics extends OperatorPage {
  form = new Form(this, { t });
  search = new URLSearchParams(location.search).get('search') ?? '';

  async load(signal) {
    const { tenants, more } = await api.get('tenants', { query: this.#query(), signal });
    this.clinics = tenants;
    this.more = more;
  }

  heading() {
    const key = this.search ? 'clinics.found' : 'clinics.title';
    return t(this.more ? `${key}-more` : key, { n: this.clinics.length, search: this.search });
  }

  lead() {
    return t('clinics.lead');
  }

  main() {
    return html`<div class="stack">
      <div class="sheet padded sentence">${this.form.draw(html`
        ${this.form.field({ name: 'search', label: t('clinics.search'), hint: t('clinics.search-hint'), value: this.search })}
        ${submit(t('search'), { icon: 'search', kind: 'outlined' })}`, ({ search }) => this.#find(search))}</div>
      ${this.clinics.length === 0 ? this.#none() : this.#table()}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#further() })}</div>` : nothing}
    </div>`;
  }

  #none() {
    return this.search ? empty(t('clinics.none-found'), t('clinics.none-found-text')) : empty(t('clinics.none'), t('clinics.none-text'));
  }

  #table() {
    return table({
      caption: t('clinics.caption'),
      rows: this.clinics,
      columns: [
        { label: t('clinics.name'), head: true, cell: row => html`<a href=${this.link(`clinics/${row.id}`)}>${row.name}</a><span class="detail">${row.id}</span>` },
        { label: t('clinics.modules'), cell: row => (row.on.length ? list(row.on.map(one => one.name)) : html`<span class="second">${t('clinics.nothing-on')}</span>`) },
        { label: t('clinics.location'), cell: row => row.location },
        { label: t('clinics.since'), cell: row => day(row.createdAt) },
        { label: t('clinics.sign-in'), cell: row => (row.setUp ? t('clinics.set-up') : status('wait', t('clinics.not-set-up'))) },
      ],
    });
  }

  async #find(search) {
    this.search = search;
    history.replaceState(null, '', search ? `?${new URLSearchParams({ search })}` : location.pathname);
    await this.reload();
    this.say(this.heading());
  }

  async #further() {
    const { tenants, more } = await api.get('tenants', { query: { ...this.#query(), after: this.clinics.at(-1).id } });
    this.clinics = [...this.clinics, ...tenants];
    this.more = more;
  }

  #query() {
    return { search: this.search, lang: language };
  }
}

customElements.define('sluse-operate-clinics', Clinics);
