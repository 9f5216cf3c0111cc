// SPDX-License-Identifier: Apache-2.0
import { messages, tenant, texts } from 'kit';
import { flagText } from './common.js';
import { needs } from './changes.js';

const t = messages('epr');

/** On every page: safety questions that nobody has reviewed, and how much waits. */
export async function look() {
  const [{ safety, deliveries }] = await Promise.all([needs(), texts()]);
  return { urgent: urgentOf(safety), counts: { today: safety.length + deliveries.length, deliveries: deliveries.length } };
}

/** A flag that is raised anew, by a graver answer, is told anew. */
function urgentOf(safety) {
  if (safety.length === 0) return undefined;
  const [first, ...others] = safety;
  const ids = safety.map(one => `${one.id} ${one.flag.raisedAt}`);
  const brief = t('today.safety', { n: safety.length });
  return others.length ? { ids, text: brief, brief, href: `/${tenant}/today`, link: t('today.flags-link') }
    : { ids, text: flagText(first), brief, href: `/${tenant}/results/${first.id}`, link: t('today.flag-link') };
}
