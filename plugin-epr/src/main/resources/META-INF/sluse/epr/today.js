// SPDX-License-Identifier: Apache-2.0
import { TodayPart, messages, needsYou, tenant } from 'kit';
import { needs } from './changes.js';
import { deliveryReason, flagText, nameOf } from './common.js';

const t = messages('epr');

/** The day: safety questions that nobody has reviewed, and deliveries that need a person. */
class EprToday extends TodayPart {
  refreshEvery = 2;
  needs = { safety: [], deliveries: [] };

  async load() {
    this.needs = await needs();
  }

  headline() {
    const { safety, deliveries } = this.needs;
    if (safety.length) return { weight: 100, text: t('today.safety', { n: safety.length }) };
    return deliveries.length ? { weight: 20, text: t('today.stopped', { n: deliveries.length }) } : undefined;
  }

  aside() {
    return [...this.needs.safety.map(one => needsYou({ kind: 'review', title: t('today.flag-title'), href: `/${tenant}/results/${one.id}`, link: t('today.flag-link'), brief: t('today.open'),
      text: flagText(one) })),
    ...this.needs.deliveries.map(one => needsYou({ kind: 'parked', title: t('today.parked-title'), href: `/${tenant}/deliveries`, link: t('today.parked-link'), brief: t('today.open'),
      text: t('today.parked-text', { name: nameOf(one.patient), title: one.instrument, reason: deliveryReason(one) }) }))];
  }
}

customElements.define('epr-today', EprToday);
