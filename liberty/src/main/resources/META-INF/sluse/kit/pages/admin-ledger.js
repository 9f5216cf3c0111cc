// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, amount, api, banner, button, byDay, day, empty, html, language, menu, moment, nothing, seconds, status, submit, t, table } from 'kit';

const shapes = { SENT: 'ok', SENDING: 'partly', NO_ANSWER: 'partly', HANDED_OVER: 'ok', NOT_TAKEN: 'attention', REFUSED: 'refused' };
const periods = { day: 1, week: 7, month: 30, all: undefined };
const everything = { module: '', recipient: '', outcome: '', period: 'all' };

/** What left, when and to whom: one row for each disclosure, refusals too; and whether all of it had been declared. */
class Ledger extends StaffPage {
  form = new Form(this);
  search = everything;

  async load(signal) {
    const [found, comparison] = await Promise.all([
      api.get('core/ledger', { query: this.#query(), signal }), api.get('core/ledger/comparison', { signal })]);
    Object.assign(this, found);
    this.comparison = comparison;
  }

  heading() {
    if (this.#isSearch()) return t(this.more ? 'ledger.found-more' : 'ledger.found', { n: this.rows.length });
    const last = this.rows.find(row => row.outcome === 'SENT');
    return last ? t('ledger.title', { when: moment(last.at), recipient: last.recipient }) : t('ledger.none');
  }

  lead() {
    return t('ledger.lead');
  }

  actions() {
    const download = (format, label) => ({ label, href: api.url('core/ledger/export', { ...this.#query(), format }), download: `ledger.${format}` });
    return menu(t('download'), [download('csv', t('ledger.csv')), download('json', t('ledger.json'))], { icon: 'download' });
  }

  banners() {
    return this.comparison?.open > 0 ? banner('stop', t('ledger.undeclared', { n: this.comparison.open })) : nothing;
  }

  main() {
    return html`<div class="stack">
      ${this.comparison.undeclared.length ? this.#undeclared() : nothing}
      <div class="sheet padded sentence">${this.#sentence()}</div>
      ${this.rows.length ? this.#found() : this.#isSearch() ? empty(t('ledger.nothing'), t('ledger.nothing-text')) : empty(t('ledger.empty'), t('ledger.empty-text'))}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#older() })}</div>` : nothing}
      ${this.#compared()}
    </div>`;
  }

  #sentence() {
    return this.form.draw(html`
      ${this.form.field({ name: 'outcome', type: 'select', label: t('ledger.show'), value: this.search.outcome,
        options: [{ value: '', label: t('ledger.any-result') }, ...Object.keys(shapes).map(value => ({ value, label: t(`ledger.result.${value}`) }))] })}
      ${this.form.field({ name: 'recipient', label: t('ledger.sent-to'), hint: t('ledger.anyone'), value: this.search.recipient })}
      ${this.form.field({ name: 'module', type: 'select', label: t('ledger.of-module'), value: this.search.module,
        options: [{ value: '', label: t('ledger.any-module') }, ...this.modules.map(({ id, name }) => ({ value: id, label: name }))] })}
      ${this.form.field({ name: 'period', type: 'select', label: t('audit.in'), value: this.search.period,
        options: Object.keys(periods).map(value => ({ value, label: t(`ledger.period.${value}`) })) })}
      ${submit(t('search'), { icon: 'search' })}`, values => this.#find(values));
  }

  #found() {
    return table({
      caption: t('ledger.caption'),
      groups: byDay(this.rows),
      tone: row => (row.outcome === 'REFUSED' ? 'wait' : undefined),
      columns: [
        { label: t('ledger.when'), cell: row => seconds(row.at) },
        { label: t('ledger.recipient'), head: true, cell: row => html`${row.recipient}<span class="detail">${this.#moduleName(row.module)}</span>` },
        { label: t('ledger.categories'), cell: row => categories(row) },
        { label: t('ledger.subject'), cell: row => (row.subject ? html`<span class="second">${row.subject.slice(0, 6)}</span>` : t('ledger.nobody')) },
        { label: t('ledger.size'), figure: true, cell: row => amount(row.bytes, 'byte') },
        { label: t('ledger.result'), cell: row => status(shapes[row.outcome], t(`ledger.result.${row.outcome}`)) },
      ],
    });
  }

  /** Disclosures of which the register did not say that they would be. */
  #undeclared() {
    return html`<section class="stack"><h2>${t('ledger.undeclared-title')}</h2><p>${t('ledger.undeclared-means')}</p>
      ${table({
        caption: t('ledger.undeclared-title'),
        rows: this.comparison.undeclared,
        tone: row => (row.lookedIntoAt ? undefined : 'stop'),
        columns: [
          { label: t('ledger.when'), cell: row => moment(row.at) },
          { label: t('ledger.recipient'), head: true, cell: row => html`${row.recipient}<span class="detail">${this.#moduleName(row.module)}</span>` },
          { label: t('ledger.why'), cell: row => t(`ledger.why.${row.why}`, { categories: categories(row) }) },
          { label: t('ledger.looked-into'), cell: row => (row.lookedIntoAt
            ? status('ok', t('ledger.was-looked-into', { when: moment(row.lookedIntoAt) }))
            : button(t('ledger.look-into'), { about: `${row.recipient}, ${moment(row.at)}`, press: () => this.#lookedInto(row) })) },
        ],
      })}
    </section>`;
  }

  /** Whether everything that left had been declared, and who is declared and receives nothing. */
  #compared() {
    const { at, open, unused } = this.comparison;
    return html`<section class="stack"><h2>${t('ledger.compared')}</h2>
      <div class="sheet rows">
        <p class="row">${!at ? status('wait', t('ledger.not-compared')) : open > 0 ? status('attention', t('ledger.compared-open', { when: moment(at), n: open })) : status('ok', t('ledger.compared-well', { when: moment(at) }))}
          <span class="grow"></span>${button(t('ledger.compare-now'), { working: t('ledger.comparing'), press: () => this.#compare() })}</p>
        ${unused.map(one => html`<p class="row">${status('off', t('ledger.unused', { name: one.name, module: this.#moduleName(one.module), since: day(one.since) }))}</p>`)}
      </div>
    </section>`;
  }

  async #find(values) {
    this.search = values;
    await this.reload();
    this.say(this.heading());
  }

  async #older() {
    const { rows, more } = await api.get('core/ledger', { query: { ...this.#query(), before: this.rows.at(-1).at, beforeId: this.rows.at(-1).id } });
    this.rows = [...this.rows, ...rows];
    this.more = more;
  }

  async #compare() {
    this.comparison = await api.post('core/ledger/comparison');
    this.say(this.comparison.open > 0 ? t('ledger.undeclared', { n: this.comparison.open }) : t('ledger.compared-well', { when: moment(this.comparison.at) }));
  }

  async #lookedInto({ row }) {
    this.comparison = await api.post(`core/ledger/comparison/${row}/looked-into`);
    this.toast(t('ledger.noted'));
  }

  #moduleName(id) {
    return this.modules.find(module => module.id === id)?.name ?? id;
  }

  #isSearch() {
    return Object.entries(everything).some(([name, value]) => this.search[name] !== value);
  }

  #query() {
    const { period, ...query } = this.search;
    const days = periods[period];
    return { ...query, lang: language, from: days && new Date(Date.now() - days * 86_400_000).toISOString() };
  }
}

const categories = row => row.categories.map(category => t(`category.${category}`)).join(', ');

customElements.define('sluse-admin-ledger', Ledger);
