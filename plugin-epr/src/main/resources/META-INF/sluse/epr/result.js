// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, banner, button, day, gate, html, icon, messages, moment, nothing, stylesheet, submit, table } from 'kit';
import { assessmentState, deliveryLife, deliveryState, nameOf, scoreText } from './common.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** One result: score, safety flag, answers, and its way into the record. */
class EprResult extends StaffPage {
  static plugin = 'epr';
  refreshEvery = 3;
  #reviewing = false;
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
    const earlier = this.result.earlier.at(-1);
    const answered = t('result.answered', { when: moment(this.one.completedAt) });
    if (!earlier || !this.one.score) return answered;
    const change = this.one.score.total - earlier.score.total;
    const when = day(earlier.completedAt);
    return `${answered} ${change === 0 ? t('result.same', { when }) : t(change < 0 ? 'result.lower' : 'result.higher', { n: Math.abs(change), when })}`;
  }

  banners() {
    const { flag } = this.one;
    if (!flag) return nothing;
    const what = html`<strong>${t('result.flag', flag)}</strong>`;
    if (flag.acknowledged) {
      return banner('info', html`${what} ${t('result.reviewed', { name: flag.acknowledged.by, when: moment(flag.acknowledged.at), note: flag.acknowledged.note })}`, { icon: 'review' });
    }
    const action = this.#reviewing ? nothing : button(t('result.review'), { kind: 'filled', press: () => { this.#reviewing = true; } });
    return html`${banner('stop', html`${what} ${t('result.flag-what')}`, { action })}${this.#reviewing ? this.#review() : nothing}`;
  }

  #review() {
    return html`<section class="sheet padded epr-review-form">${this.form.draw(html`<div class="stack">
      ${this.form.field({ name: 'note', type: 'textarea', label: t('result.note'), hint: t('result.note-hint'), required: true, maxlength: 2000 })}
      <div class="buttons">${submit(t('result.review'))}</div></div>`, async values => {
      await api.post(`epr/assessments/${this.arg}/acknowledgement`, values);
      this.#reviewing = false;
      this.form.clear();
      await this.reload();
    })}</section>`;
  }

  main() {
    const flagged = row => row.safety && row.points > 0;
    const rows = [...this.result.answers].sort((a, b) => flagged(b) - flagged(a) || a.number - b.number);
    return html`${table({ caption: t('result.answers'), rows, tone: row => (flagged(row) ? 'stop' : undefined), columns: [
      { label: t('column.number'), cell: row => row.number },
      { label: t('column.question'), head: true, cell: row => html`<span lang=${this.one.language}>${row.question}</span>` },
      { label: t('column.answer'), cell: row => html`<span class="row">${flagged(row) ? icon('review') : nothing}<span lang=${row.answer ? this.one.language : nothing}>${
        row.answer ?? t(this.one.state === 'COMPLETED' ? 'result.declined' : 'result.no-answer')}</span></span>` },
      { label: t('column.points'), figure: true, cell: row => row.points ?? nothing }] })}
      ${this.result.earlier.length ? html`<section class="stack"><h2>${t('result.earlier')}</h2>${table({ caption: t('result.earlier'), rows: this.result.earlier, columns: [
        { label: t('column.when'), head: true, cell: row => html`<a href=${this.link(`results/${row.id}`)}>${day(row.completedAt)}</a>` },
        { label: t('column.score'), cell: row => scoreText(row.score) }] })}</section>` : nothing}
      <p class="second detail" lang="en">${this.one.title}: ${this.result.notice}</p>`;
  }

  aside() {
    return html`<section class="sheet padded"><h2>${t('result.delivery')}</h2>${this.delivery
      ? html`${deliveryState(this.delivery)}${this.delivery.reason ? html`<p>${t(`reason.${this.delivery.reason}`)}</p>` : nothing}${deliveryLife(this.delivery)}
        <h3 class="row">${gate()}<span>${t('result.passed')}</span></h3>
        <p class="second">${t('result.passed-text')}</p>
        <p class="second">${t('result.passed-to', { name: html`<strong>${this.recipient.name}</strong>`, address: this.recipient.address })}</p>
        ${this.#message ? html`<pre class="epr-message" tabindex="0" aria-label=${t('result.message')}>${this.#message}</pre>`
          : html`<p>${button(t('result.message'), { kind: 'link', press: async () => { this.#message = (await api.get(`epr/deliveries/${this.delivery.id}/message`)).bundle; } })}</p>`}`
      : html`<p class="second">${t('result.not-yet')}</p>`}</section>`;
  }
}

customElements.define('epr-result', EprResult);
