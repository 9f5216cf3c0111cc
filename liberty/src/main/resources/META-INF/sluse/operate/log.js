// SPDX-License-Identifier: Apache-2.0
import { Form, api, banner, button, byDay, empty, hasText, html, nothing, seconds, status, submit, t as kit, table } from 'kit';
import { OperatorPage, t } from './operator-page.js';

const acts = ['CREATE', 'CHANGE', 'DELETE', 'READ', 'EXPORT', 'FIND', 'SWITCH_ON', 'SWITCH_OFF', 'SWITCH_ASKED', 'KILL', 'REVIVE', 'ROLL_OUT', 'ROLL_BACK', 'SIGN_IN', 'SIGN_OUT', 'SETTLE', 'START', 'ACKNOWLEDGE'];

/** What was done to the platform, by whom, from where. */
class Log extends OperatorPage {
  form = new Form(this, { t });
  search = { action: '', clinic: new URLSearchParams(location.search).get('clinic') ?? '', from: '', to: '', all: false };

  async load(signal) {
    const [{ rows, more }, logs] = await Promise.all([api.get('log', { query: this.#query(), signal }), api.get('logs', { signal })]);
    this.rows = rows;
    this.logs = logs;
    this.more = more;
  }

  heading() {
    return t(this.more ? 'log.title-more' : 'log.title', { n: this.rows.length });
  }

  lead() {
    return t('log.lead');
  }

  banners() {
    const { altered = {}, witness, witnessState = 'USABLE' } = this.logs ?? {};
    return [
      ...Object.entries(altered).map(([log, cause]) => banner('stop', t('log.altered', { log, cause }))),
      ...(witnessState === 'USABLE' ? [] : [banner('stop', t(`log.witness.${witnessState}`, { witness }))]),
    ];
  }

  main() {
    return html`<div class="stack">
      <div class="sheet padded sentence">${this.form.draw(html`
        ${this.form.field({ name: 'action', type: 'select', label: t('log.act'), value: this.search.action, options: [{ value: '', label: t('log.every-act') }, ...acts.map(value => ({ value, label: t(`log.act.${value}`) }))] })}
        ${this.form.field({ name: 'clinic', label: t('log.clinic'), hint: t('log.clinic-hint'), value: this.search.clinic })}
        ${this.form.field({ name: 'from', type: 'date', label: t('log.from'), value: this.search.from })}
        ${this.form.field({ name: 'to', type: 'date', label: t('log.to'), value: this.search.to })}
        ${this.form.field({ name: 'all', type: 'checkbox', label: t('log.all'), value: this.search.all })}
        ${submit(t('search'), { icon: 'search', kind: 'outlined' })}`, values => this.#find(values))}</div>
      ${this.rows.length === 0 ? empty(t('log.none'), t('log.none-text')) : this.#table()}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#older() })}</div>` : nothing}
    </div>`;
  }

  #table() {
    return table({
      caption: t('log.caption'),
      groups: byDay(this.rows),
      tone: row => (row.outcome === 'REFUSED' ? 'wait' : undefined),
      columns: [
        { label: t('log.when'), cell: row => html`${seconds(row.at)}${row.network ? html`<span class="detail">${row.network}</span><span class="detail">${kit(`audit.agent.${row.agent}`)}</span>` : nothing}` },
        { label: t('log.who'), head: true, cell: row => html`${kit(`audit.actor.${row.byItself ? 'TIMER' : row.actorKind}`)}${
          row.operator ? html`<span class="detail">${row.operator}</span>` : nothing}` },
        { label: t('log.what'), cell: row => html`${t(`log.act.${row.action}`)}<span class="detail">${thing(row.objectType)}</span>` },
        { label: t('log.object'), cell: row => html`<span>${row.object === '*' ? '–' : row.object}</span>` },
        { label: t('log.clinic'), cell: row => (row.tenant ? html`<a href=${this.link(`clinics/${row.tenant}`)}>${row.tenant}</a>` : t('log.no-clinic')) },
        { label: t('log.outcome'), cell: row => (row.outcome === 'REFUSED' ? html`${status('refused', t('log.refused'))}${
          row.reason ? html`<span class="detail">${t(`log.reason.${row.reason}`)}</span>` : nothing}${
          row.unwritten > 0 ? html`<span class="detail">${kit('audit.unwritten', { n: row.unwritten })}</span>` : nothing}` : t('log.done')) },
      ],
    });
  }

  async #find(values) {
    this.search = values;
    await this.reload();
    this.say(this.heading());
  }

  async #older() {
    const last = this.rows.at(-1);
    const { rows, more } = await api.get('log', { query: { ...this.#query(), before: last.at, beforeId: last.id } });
    this.rows = [...this.rows, ...rows];
    this.more = more;
  }

  /** Days are those of whoever looks; the last one counts whole. */
  #query() {
    const { from, to, ...query } = this.search;
    return { ...query, from: from && new Date(`${from}T00:00`).toISOString(), to: to && new Date(`${to}T23:59:59.999`).toISOString() };
  }
}

const thing = type => (hasText('operate', `log.object.${type}`) ? t(`log.object.${type}`) : type);

customElements.define('sluse-operate-log', Log);
