// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, button, byDay, empty, hasText, html, language, menu, messages, moment, nothing, number, seconds, status, submit, t, table, texts } from 'kit';

const outcomes = ['DONE', 'REFUSED'];
const actions = ['READ', 'CREATE', 'CHANGE', 'DELETE', 'DISCLOSE', 'SIGN_IN', 'SIGN_OUT', 'SWITCH_ON', 'SWITCH_OFF'];
const periods = { day: 1, week: 7, month: 30, all: undefined };

/** Who did what, when: each reading, change, deletion and disclosure. Searching is itself a row. */
class Audit extends StaffPage {
  form = new Form(this);
  search = { action: '', actor: '', patient: '', module: '', outcome: '', period: 'week' };

  /** The words for what was touched are the modules' own. */
  async prepare(signal) {
    await super.prepare(signal);
    this.me.modules.forEach(module => messages(module.id));
    await texts();
  }

  async load(signal) {
    const [{ rows, more, modules, proof }, { people }] = await Promise.all([api.get('core/audit', { query: this.#query(), signal }), this.people ? this : api.get('core/people', { signal })]);
    this.people = people;
    this.rows = rows;
    this.more = more;
    this.modules = modules;
    this.proof = proof;
  }

  heading() {
    return t(this.more ? 'audit.title-more' : 'audit.title', { n: this.rows.length });
  }

  lead() {
    return t('audit.lead');
  }

  actions() {
    const found = (format, label) => ({ label, href: api.url('core/audit/export', { ...this.#query(), format }), download: `audit.${format}` });
    return menu(t('download'), [found('csv', t('audit.csv')), found('ndjson', t('audit.ndjson')), { label: t('audit.proof'), href: api.url('core/audit/proof'), download: 'log.jsonl' }], { icon: 'download' });
  }

  main() {
    return html`<div class="stack">
      <div class="sheet padded sentence">${this.#sentence()}</div>
      ${this.rows.length === 0 ? empty(t('audit.empty'), t('audit.empty-text')) : this.#found()}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#older() })}</div>` : nothing}
      ${this.#proved()}
    </div>`;
  }

  #sentence() {
    return this.form.draw(html`
      ${this.form.field({ name: 'action', type: 'select', label: t('audit.show'), value: this.search.action,
        options: [{ value: '', label: t('audit.everything') }, ...actions.map(value => ({ value, label: t(`audit.action.${value}`) }))] })}
      ${this.form.field({ name: 'actor', type: 'select', label: t('audit.done-by'), value: this.search.actor,
        options: [{ value: '', label: t('audit.anyone-at-all') }, ...this.people.map(({ id, name }) => ({ value: id, label: name }))] })}
      ${this.form.field({ name: 'patient', label: t('audit.about'), hint: t('audit.about-anyone'), value: this.search.patient })}
      ${this.form.field({ name: 'module', type: 'select', label: t('ledger.of-module'), value: this.search.module,
        options: [{ value: '', label: t('ledger.any-module') }, ...this.modules.map(({ id, name }) => ({ value: id, label: name })), { value: 'core', label: t('audit.of-host') }] })}
      ${this.form.field({ name: 'outcome', type: 'select', label: t('audit.with-outcome'), value: this.search.outcome,
        options: [{ value: '', label: t('ledger.any-result') }, ...outcomes.map(value => ({ value, label: t(`audit.outcome.${value}`) }))] })}
      ${this.form.field({ name: 'period', type: 'select', label: t('audit.in'), value: this.search.period,
        options: Object.keys(periods).map(value => ({ value, label: t(`audit.period.${value}`) })) })}
      ${submit(t('search'), { icon: 'search' })}`, values => this.#find(values));
  }

  #found() {
    return table({
      caption: t('audit.caption'),
      groups: byDay(this.rows),
      tone: row => (row.outcome === 'REFUSED' ? 'wait' : undefined),
      columns: [
        { label: t('audit.when'), cell: row => html`${seconds(row.at)}${from(row)}` },
        { label: t('audit.who'), head: true, cell: row => html`${row.actor.name || t(`audit.actor.${row.actor.kind}`)}${
          row.actor.name ? html`<span class="detail">${t(`audit.actor.${row.actor.kind}`)}</span>` : nothing}` },
        { label: t('audit.what'), cell: row => html`${t(`audit.action.${row.action}`)}<span class="detail">${row.objectName ? `${this.#thing(row)}: ${row.objectName}` : this.#thing(row)}${
          row.outcome !== 'REFUSED' && row.objects > 1 ? html` · ${number(row.objects)}` : nothing}</span>` },
        { label: t('audit.patient'), cell: row => (row.patient ? this.#onlyPatient(row.patient) : nothing) },
        { label: t('audit.outcome'), cell: row => (row.outcome === 'REFUSED' ? html`${status('refused', t('audit.refused'))}${
          row.reason && hasText('kit', `audit.reason.${row.reason}`) ? html`<span class="detail">${t(`audit.reason.${row.reason}`)}</span>` : nothing}${
          row.objects > 0 ? html`<span class="detail">${t('audit.unwritten', { n: row.objects })}</span>` : nothing}` : t('audit.done')) },
      ],
    });
  }

  /** Up to when nobody can have altered an entry without its being found. */
  #proved() {
    const { entries, proved, at } = this.proof;
    return html`<section class="stack"><h2>${t('audit.proof-title')}</h2>
      <div class="sheet rows"><p class="row">${at ? status('ok', t('audit.proved', { when: moment(at), n: proved })) : status('wait', t('audit.not-proved'))}
        ${entries > proved && at ? html`<span class="second">${t('audit.younger', { n: entries - proved })}</span>` : nothing}</p></div>
      <p class="second">${t('audit.proof-means')}</p>
    </section>`;
  }

  async #find(values) {
    this.search = values;
    await this.reload();
    this.say(this.heading());
  }

  async #older() {
    const { rows, more } = await api.get('core/audit', { query: { ...this.#query(), before: this.rows.at(-1).at, beforeId: this.rows.at(-1).id } });
    this.rows = [...this.rows, ...rows];
    this.more = more;
  }

  /** The clinic's own id of a patient is long and opaque: its beginning tells two apart, and pressing it searches for the whole. */
  #onlyPatient(patient) {
    return button(patient.slice(0, 8), { kind: 'link', about: t('audit.only-patient'), press: () => {
      this.form.clear();
      return this.#find({ ...this.search, patient });
    } });
  }

  /** The kind of object in the words of the module it belongs to, or of the host. */
  #thing({ objectType }) {
    const key = `audit.object.${objectType}`;
    const owner = ['kit', ...this.me.modules.map(module => module.id)].find(each => hasText(each, key));
    return owner ? messages(owner)(key) : objectType;
  }

  #query() {
    const { period, ...query } = this.search;
    const days = periods[period];
    return { ...query, lang: language, from: days && new Date(Date.now() - days * 86_400_000).toISOString() };
  }
}

/** Where an act came from: the network, and by which kind of program. The system itself comes from nowhere. */
function from({ network, agent }) {
  if (!network) return nothing;
  return html`<span class="detail">${network}</span><span class="detail">${t(`audit.agent.${agent}`)}</span>`;
}

customElements.define('sluse-admin-audit', Audit);
