// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, banner, button, day, html, linkButton, messages, moment, nothing, passageLine, status, stylesheet, submit, table } from 'kit';
import { assessmentState, deliveryLife, deliveryReason, deliveryState, isStopped, nameOf, scoreText } from './common.js';

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
    const action = this.#reviewing ? nothing : button(t('result.review'), { kind: 'filled', press: () => this.#beginReview() });
    return banner('stop', html`${what} ${t('result.flag-what')}`, { action });
  }

  actions() {
    return linkButton(t('result.again'), this.link(`patients/${this.one.patient.id}`));
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
    return html`${this.#reviewing ? this.#review() : nothing}<div class="epr-answers">${table({ caption: t('result.answers'), rows, tone: row => (flagged(row) ? 'stop' : undefined), columns: [
      { label: t('column.number'), cell: row => row.number },
      { label: t('column.question'), head: true, cell: row => html`<span lang=${this.one.language}>${row.question}</span>` },
      { label: t('column.answer'), cell: row => html`<span lang=${row.answer ? this.one.language : nothing}>${flagged(row) ? status('review', row.answer)
        : row.answer ?? t(this.one.state === 'COMPLETED' ? 'result.declined' : 'result.no-answer')}</span>` },
      { label: t('column.points'), figure: true, cell: row => row.points ?? nothing }] })}</div>
      ${this.result.earlier.length ? html`<section class="stack"><h2>${t('result.earlier')}</h2>${table({ caption: t('result.earlier'), rows: this.result.earlier, columns: [
        { label: t('column.when'), head: true, cell: row => html`<a href=${this.link(`results/${row.id}`)}>${day(row.completedAt)}</a>` },
        { label: t('column.score'), cell: row => scoreText(row.score) }] })}</section>` : nothing}
      <p class="second detail" lang="en">${this.one.title}: ${this.result.notice}</p>`;
  }

  aside() {
    return html`<section class="sheet padded"><h2>${t('result.delivery')}</h2>${this.delivery ? this.#way() : html`<p class="second">${t('result.not-yet')}</p>`}</section>`;
  }

  #way() {
    return html`${deliveryState(this.delivery)}${isStopped(this.delivery) ? html`<p>${deliveryReason(this.delivery)}</p>` : nothing}${deliveryLife(this.delivery)}
      ${this.recipient ? html`<h3>${t(this.delivery.state === 'DELIVERED' ? 'result.passed' : 'result.passes')}</h3>
        ${passageLine([{ name: this.recipient.name, passes: this.recipient.fields.map(key => t(key)) }])}<p class="second">${this.recipient.address}</p>` : nothing}
      ${this.#message ? html`<pre class="epr-message" tabindex="0" aria-label=${t('result.message')}>${this.#message}</pre>`
        : html`<p>${button(t('result.message'), { kind: 'link', press: async () => { this.#message = (await api.get(`epr/deliveries/${this.delivery.id}/message`)).bundle; } })}</p>`}`;
  }
}

customElements.define('epr-result', EprResult);
