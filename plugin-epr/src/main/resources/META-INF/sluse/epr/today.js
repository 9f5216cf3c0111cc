// SPDX-License-Identifier: Apache-2.0
import { TodayPart, api, messages, moment, needsYou, tenant } from 'kit';
import { deliveryReason, nameOf } from './common.js';

const t = messages('epr');

/** The day: safety questions that nobody has reviewed, and deliveries that need a person. */
class EprToday extends TodayPart {
  refreshEvery = 3;
  needs = { safety: [], deliveries: [] };

  #known;

  /** A flag that was not there a moment ago interrupts: a person may be at risk. */
  async load() {
    this.needs = await api.get('epr/needs');
    const raised = one => `${one.id} ${one.flag.raisedAt}`;
    const fresh = this.needs.safety.filter(one => this.#known && !this.#known.has(raised(one)));
    this.#known = new Set(this.needs.safety.map(raised));
    if (fresh.length) this.closest('[data-sluse-page]')?.alert(fresh.map(flagText).join(' '));
  }

  headline() {
    const { safety, deliveries } = this.needs;
    if (safety.length) return { weight: 100, text: t('today.safety', { n: safety.length }) };
    return deliveries.length ? { weight: 20, text: t('today.stopped', { n: deliveries.length }) } : undefined;
  }

  aside() {
    return [...this.needs.safety.map(one => needsYou({ kind: 'review', title: t('today.flag-title'), href: `/${tenant}/results/${one.id}`, link: t('today.flag-link'),
      text: flagText(one) })),
    ...this.needs.deliveries.map(one => needsYou({ kind: 'parked', title: t('today.parked-title'), href: `/${tenant}/deliveries`, link: t('today.parked-link'),
      text: t('today.parked-text', { name: nameOf(one.patient), title: one.instrument, reason: deliveryReason(one) }) }))];
  }
}

const flagText = one => t('today.flag-text',
  { name: nameOf(one.patient), title: one.title, time: moment(one.flag.raisedAt), number: one.flag.number, answer: one.flag.answer });

customElements.define('epr-today', EprToday);
