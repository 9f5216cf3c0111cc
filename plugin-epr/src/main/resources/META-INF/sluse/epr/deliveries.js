// SPDX-License-Identifier: Apache-2.0
import { api, button, empty, html, messages, moment, nothing, stylesheet, table } from 'kit';
import { PatientsPage } from './changes.js';
import { deliveryReason, deliveryState, isStopped, nameOf } from './common.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** What is on its way into the record: what needs a person first. */
class EprDeliveries extends PatientsPage {

  async load(signal) {
    this.deliveries = (await api.get('epr/deliveries', { signal })).deliveries;
    this.stopped = this.deliveries.filter(isStopped);
    this.done = this.deliveries.filter(one => one.state === 'DELIVERED');
    this.underWay = this.deliveries.filter(one => !isStopped(one) && one.state !== 'DELIVERED');
  }

  heading() {
    if (this.stopped.length) return t('deliveries.stopped', { n: this.stopped.length });
    if (this.underWay.length) return t('deliveries.under-way', { n: this.underWay.length });
    return t(this.done.length ? 'deliveries.all' : 'deliveries.none');
  }

  main() {
    if (this.deliveries.length === 0) return empty(t('nav.deliveries'), t('deliveries.none-text'));
    const groups = [['deliveries.group-stopped', this.stopped], ['deliveries.group-under-way', this.underWay], ['deliveries.group-done', this.done]]
      .filter(([, rows]) => rows.length).map(([key, rows]) => ({ label: t(key), rows }));
    return table({ caption: t('deliveries.caption'), groups, tone: row => (isStopped(row) ? 'wait' : undefined), columns: [
      { label: t('column.patient'), head: true, cell: row => html`<div class="epr-who"><a href=${this.link(`${row.form ? 'forms' : 'results'}/${row.assessment}`)}>${nameOf(row.patient)}, ${row.instrument}</a></div>` },
      { label: t('column.when'), cell: row => moment(row.at) },
      { label: t('column.state'), cell: row => html`${deliveryState(row)}${isStopped(row) ? html`<div class="second">${deliveryReason(row)}</div>` : nothing}` },
      { label: t('column.do'), hideLabel: true, cell: row => (isStopped(row)
        ? button(t('deliveries.resend'), { about: nameOf(row.patient), press: () => this.#resend(row) }) : nothing) }] });
  }

  async #resend(row) {
    await api.post(`epr/deliveries/${row.id}/resend`);
    this.say(t('deliveries.resent'));
    await this.reload();
  }
}

customElements.define('epr-deliveries', EprDeliveries);
