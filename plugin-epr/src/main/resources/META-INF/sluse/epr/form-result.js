// SPDX-License-Identifier: Apache-2.0
import { api, banner, button, html, linkButton, messages, moment, nothing, passageLine, stylesheet, table } from 'kit';
import { PatientsPage } from './changes.js';
import { assessmentState, deliveryLife, deliveryReason, deliveryState, isStopped, nameOf } from './common.js';
import { present, said } from './form-answers.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** What was answered to a questionnaire of the clinic's own, what it calculates, and its way into the record. */
class EprFormResult extends PatientsPage {
  #message;

  async load(signal) {
    const [result, deliveries] = await Promise.all([api.get(`epr/form-assessments/${this.arg}`, { signal }),
      api.get('epr/deliveries', { signal, query: { assessment: this.arg } })]);
    this.result = present(result);
    this.one = this.result.assessment;
    this.delivery = deliveries.deliveries[0];
    this.recipient = deliveries.recipient;
  }

  crumbs() {
    return [{ label: t('nav.patients'), href: this.link('patients') }, { label: nameOf(this.one.patient), href: this.link(`patients/${this.one.patient.id}`) }];
  }

  heading() {
    return html`<span lang=${this.one.language}>${this.result.title}</span>`;
  }

  lead() {
    return this.one.completedAt ? t('result.answered', { when: moment(this.one.completedAt) }) : assessmentState(this.one);
  }

  banners() {
    return this.result.issues.length ? banner('wait', html`<strong>${t('own.issues', { n: this.result.issues.length })}</strong>
      <ul class="detail" lang="en">${this.result.issues.map(issue => html`<li>${issue}</li>`)}</ul>`) : nothing;
  }

  actions() {
    return html`<div class="buttons">${this.one.completedAt ? button(t('result.print'), { icon: 'download', press: () => window.print() }) : nothing}
      ${linkButton(t('result.again'), this.link(`patients/${this.one.patient.id}`))}</div>`;
  }

  main() {
    const rows = rowsOf(this.result.items);
    return html`<p class="epr-print-only">${t('result.of', { name: nameOf(this.one.patient), number: this.one.patient.number, clinic: this.clinicName })}</p>
      <div class="epr-answers">${table({ caption: t('result.answers'), rows, columns: [
        { label: t('column.question'), head: true, cell: row => html`<span lang=${this.one.language}>${row.question}</span>${row.item.readOnly ? html`<div class="second">${t('own.calculated')}</div>` : nothing}` },
        { label: t('column.answer'), cell: row => this.#answer(row.item) }] })}</div>
      <p class="second detail">${t('own.version', { version: this.one.version })}${this.result.notice ? html` <span lang=${this.one.language}>${this.result.notice}</span>` : nothing}</p>`;
  }

  #answer(item) {
    if (item.values.length === 0) return t(this.one.state === 'COMPLETED' ? 'own.not-answered' : 'result.no-answer');
    if (item.type !== 'attachment') return html`<span lang=${item.type === 'boolean' ? nothing : this.one.language}>${said(item)}</span>`;
    return item.values.map(({ file }) => html`<p><a href=${`data:application/octet-stream;base64,${file.data ?? ''}`} download=${file.name || t('own.file')}>${file.name || t('own.file')}</a></p>`);
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

/** Each question with the groups that it stands in. */
function rowsOf(items, above = []) {
  return items.flatMap(item => {
    const name = [item.about, item.prefix, item.text, item.occurrence > 1 ? String(item.occurrence) : ''].filter(Boolean).join(' ');
    if (item.type === 'group') return rowsOf(item.items, [...above, name].filter(Boolean));
    const own = item.type === 'display' ? [] : [{ item, question: [...above, name || item.linkId].join(', ') }];
    return [...own, ...rowsOf(item.items, above)];
  });
}

customElements.define('epr-form-result', EprFormResult);
