// SPDX-License-Identifier: Apache-2.0
import { Form, api, banner, button, day, html, linkButton, messages, moment, nothing, passageLine, status, stylesheet, submit, table } from 'kit';
import { PatientsPage } from './changes.js';
import { scoreChart } from './chart.js';
import { assessmentState, deliveryLife, deliveryReason, deliveryState, isStopped, nameOf, scoreText, sentNumber, signed } from './common.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** One result: score, safety flag, answers, and its way into the record. */
class EprResult extends PatientsPage {
  #reviewing = false;
  #asTable = false;
  #message;
  form = new Form(this, { t });

  async load(signal) {
    const [result, deliveries] = await Promise.all([api.get(`epr/assessments/${this.arg}`, { signal }),
      api.get('epr/deliveries', { signal, query: { assessment: this.arg } })]);
    this.result = result;
    this.one = result.assessment;
    this.delivery = deliveries.deliveries[0];
    this.recipient = deliveries.recipient;
  }

  crumbs() {
    return [{ label: t('nav.patients'), href: this.link('patients') }, { label: nameOf(this.one.patient), href: this.link(`patients/${this.one.patient.id}`) }];
  }

  heading() {
    const { title, score, state, answered, items } = this.one;
    if (score) return t('result.title', { title, score: scoreText(score) });
    return t('result.open', { title, state: state === 'COMPLETED' ? t('score.none') : t(`state.${state}`, { answered, items }) });
  }

  lead() {
    if (!this.one.completedAt) return assessmentState(this.one);
    return [t('result.answered', { when: moment(this.one.completedAt) }), this.#change(), this.#declined()].filter(Boolean).join(' ');
  }

  /** That the score stands for questions of which nothing is known. */
  #declined() {
    const n = this.one.score?.declined;
    return n ? t('result.declined-mean', { n }) : '';
  }

  /** "4 points lower than on 26 October, 28 days before."; empty where there is nothing to compare. */
  #change() {
    const before = this.result.earlier.findLast(one => one.score);
    const change = changeBetween(before, this.one);
    if (change === undefined) return '';
    const since = t('result.since', { when: day(before.completedAt), days: daysBetween(before.completedAt, this.one.completedAt) });
    if (change === 0) return t('result.same', { since });
    const counts = this.result.change ? t(Math.abs(change) >= this.result.change ? 'result.counts' : 'result.counts-not', { n: this.result.change }) : '';
    return [t(change < 0 ? 'result.lower' : 'result.higher', { n: Math.abs(change), since }), counts].filter(Boolean).join(' ');
  }

  banners() {
    const { flag } = this.one;
    if (!flag) return nothing;
    const what = html`<strong>${t('result.flag', flag)}</strong>`;
    if (flag.acknowledged) {
      return banner('info', html`${what} ${t('result.reviewed', { name: flag.acknowledged.by, when: moment(flag.acknowledged.at), note: flag.acknowledged.note })}`, { icon: 'review' });
    }
    const action = this.#reviewing ? nothing : button(t('result.review'), { kind: 'filled', press: () => this.#beginReview() });
    const passed = flag.passedOn ? t('result.passed-on', { name: flag.passedOn.to || t('result.somebody'), when: moment(flag.passedOn.at) }) : nothing;
    return banner('stop', html`${what} ${t('result.flag-what')} ${passed}`, { action });
  }

  actions() {
    return html`<div class="buttons">${this.one.completedAt ? button(t('result.print'), { icon: 'download', press: () => window.print() }) : nothing}
      ${linkButton(t('result.again'), this.link(`patients/${this.one.patient.id}`))}</div>`;
  }

  async #beginReview() {
    this.#reviewing = true;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('textarea')?.focus();
  }

  #review() {
    return html`<section class="sheet padded epr-review-form">${this.form.draw(html`<div class="stack">
      ${this.form.field({ name: 'note', type: 'textarea', label: t('result.note'), hint: t('result.note-hint'), required: true, maxlength: 2000 })}
      <div class="buttons">${submit(t('result.review'))}</div></div>`, async values => {
      await api.post(`epr/assessments/${this.arg}/acknowledgement`, values);
      this.#reviewing = false;
      this.form.clear();
      await this.reload();
      await this.moved();
    })}</section>`;
  }

  main() {
    const flagged = row => row.safety && row.points > 0;
    const rows = [...this.result.answers].sort((a, b) => flagged(b) - flagged(a) || a.number - b.number);
    return html`<p class="epr-print-only">${t('result.of', { name: nameOf(this.one.patient), number: this.one.patient.number, clinic: this.clinicName })}</p>
      ${this.#reviewing ? this.#review() : nothing}${this.#scores()}<div class="epr-answers">${table({ caption: t('result.answers'), rows, tone: row => (flagged(row) ? 'stop' : undefined), columns: [
      { label: t('column.number'), cell: row => row.number },
      { label: t('column.question'), head: true, cell: row => html`<span lang=${this.one.language}>${row.question}</span>` },
      { label: t('column.answer'), cell: row => html`<span lang=${row.answer ? this.one.language : nothing}>${flagged(row) ? status('review', row.answer)
        : row.answer ?? t(this.one.state === 'COMPLETED' ? 'result.declined' : 'result.no-answer')}</span>` },
      { label: t('column.points'), figure: true, cell: row => row.points ?? nothing }] })}</div>
      <p class="second detail" lang="en">${this.one.title}: ${this.result.notice}</p>`;
  }

  /** The score over time, as a picture or as a table; nothing where no score is known. */
  #scores() {
    const present = this.one.completedAt ? [{ ...this.one, present: true }] : [];
    const all = [...this.result.earlier, ...present];
    if (!all.some(one => one.score)) return nothing;
    return html`<section class=${this.#asTable ? 'stack' : 'sheet padded'}><div class="row"><h2 class="grow">${t('result.scores')}</h2>
      ${button(t(this.#asTable ? 'result.as-chart' : 'result.as-table'), { kind: 'bare', icon: this.#asTable ? 'chart' : 'table', press: () => { this.#asTable = !this.#asTable; } })}</div>
      ${this.#asTable ? this.#table(all) : html`${scoreChart({ bands: this.result.bands, largest: this.result.largest, name: `${this.heading()}. ${this.#change()}`.trim(),
          points: all.map(one => ({ at: one.completedAt, total: one.score?.total, version: one.version, present: one.present })) })}
        <div class="epr-print-only">${this.#table(all)}</div>`}
      ${new Set(all.map(one => one.version)).size > 1 ? html`<p class="second detail">${t('result.versions')}</p>` : nothing}</section>`;
  }

  /** The scores with the change from one to the next; on paper it stands below the picture. */
  #table(all) {
    const rows = all.map((one, index) => ({ ...one, change: changeBetween(all.slice(0, index).findLast(other => other.score), one) }));
    return table({ caption: t('result.scores'), rows, columns: [
      { label: t('column.when'), head: true, cell: one => (one.present ? moment(one.completedAt) : html`<a href=${this.link(`results/${one.id}`)}>${moment(one.completedAt)}</a>`) },
      { label: t('column.score'), cell: one => (one.score ? scoreText(one.score) : t('score.none')) },
      { label: t('column.change'), figure: true, cell: one => (one.change === undefined ? nothing : signed(one.change)) }] });
  }

  aside() {
    return html`<section class="sheet padded"><h2>${t('result.delivery')}</h2>${this.delivery ? this.#way() : html`<p class="second">${t('result.not-yet')}</p>`}</section>`;
  }

  #way() {
    return html`${deliveryState(this.delivery)}${isStopped(this.delivery) ? html`<p>${deliveryReason(this.delivery)}</p>` : nothing}${deliveryLife(this.delivery)}
      ${sentNumber(this.delivery) === this.one.patient.number ? nothing : html`<p>${t('result.sent-number', { number: sentNumber(this.delivery) })}</p>`}
      ${this.recipient ? html`<h3>${t(this.delivery.state === 'DELIVERED' ? 'result.passed' : 'result.passes')}</h3>
        ${passageLine([{ name: this.recipient.name, passes: this.recipient.fields.map(key => t(key)) }])}<p class="second">${this.recipient.address}</p>` : nothing}
      ${this.#message ? html`<pre class="epr-message" tabindex="0" aria-label=${t('result.message')}>${this.#message}</pre>`
        : html`<p>${button(t('result.message'), { kind: 'link', press: async () => { this.#message = (await api.get(`epr/deliveries/${this.delivery.id}/message`)).bundle; } })}</p>`}`;
  }
}

/** In points; undefined where there is nothing to compare: points of two versions cannot be taken from each other. */
function changeBetween(before, one) {
  if (!before?.score || !one.score || before.version !== one.version) return undefined;
  // In tenths, which is what a score has, so that no binary remainder is left.
  return Math.round(10 * (one.score.total - before.score.total)) / 10;
}

/** Whole days of the calendar. */
function daysBetween(earlier, later) {
  const [from, to] = [earlier, later].map(at => new Date(at).setHours(0, 0, 0, 0));
  return Math.round((to - from) / 86_400_000);
}

customElements.define('epr-result', EprResult);
