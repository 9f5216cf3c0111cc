// SPDX-License-Identifier: Apache-2.0
// Words and shapes that several pages of this module share.
import { life, messages, moment, nothing, number, seconds, status } from 'kit';

const t = messages('epr');

/** The name at the desk, or the number where there is none. */
export const nameOf = patient => patient.name || patient.number;

/** "14 of 27, moderate"; without the name where the questionnaire has none for ranges */
export function scoreText(score) {
  return score.band ? t('score.short', { ...score, band: t(`band.${score.band}`) }) : t('score.no-band', score);
}

/** "+3", "−4", "0": a change in points, with a minus that is as wide as the plus */
export const signed = change => (change > 0 ? `+${number(change)}` : change < 0 ? `−${number(-change)}` : number(0));

/** Where an assessment is, as shape and word. */
export function assessmentState(one) {
  const kind = { ASSIGNED: 'off', DRAFT: 'partly', COMPLETED: 'ok', WITHDRAWN: 'ended' }[one.state];
  return status(kind, t(`state.${one.state}`, { answered: one.answered, items: one.items }));
}

/** The safety flag, as shape and word; nothing where there is none. */
export function flagState(one) {
  if (!one.flag) return nothing;
  return one.flag.acknowledged ? status('ended', t('flag.seen')) : status('review', t('flag.waits'));
}

/** Who answered what, and that nobody has reviewed it. */
export const flagText = one => t('today.flag-text',
  { name: nameOf(one.patient), title: one.title, time: moment(one.flag.raisedAt), number: one.flag.number, answer: one.flag.answer });

/** Whether a delivery needs a person. */
export const isStopped = delivery => ['PARKED', 'REFUSED', 'GIVEN_UP'].includes(delivery.state);

/** Where a delivery is, as shape and word. */
export function deliveryState(delivery) {
  if (delivery.heldBack) return status('parked', t('delivery.held'));
  const kind = { DELIVERED: 'ok', PARKED: 'parked', REFUSED: 'refused', GIVEN_UP: 'attention', WAITING: 'wait', UNKNOWN: 'partly' }[delivery.state] ?? 'wait';
  return status(kind, t(`delivery.${delivery.state}`, { when: moment(delivery.nextAttempt), n: delivery.attempts }));
}

/** The number that the record was asked for; another one than the patient's when that was corrected since. */
export const sentNumber = delivery => delivery.sentNumber ?? delivery.patient.number;

/** Why a delivery needs a person, and what would put it right. */
export function deliveryReason(delivery) {
  const words = delivery.life.findLast(event => event.what === 'refused')?.detail ?? '';
  return t(`reason.${delivery.reason}`, { number: sentNumber(delivery), n: delivery.attempts, words });
}

const kinds = { 'no-answer': 'partly', 'not-reached': 'partly', 'looked-without-answer': 'partly', 'no-match': 'parked', 'several-match': 'parked', refused: 'refused',
  'given-up': 'attention', 'not-added-up': 'info', 'extracted-partly': 'attention' };

/** What happened to a delivery, and what comes next. */
export function deliveryLife(delivery) {
  const events = delivery.life.map(event => ({ kind: kinds[event.what] ?? 'ok', text: t(`life.${event.what}`),
    detail: [seconds(event.at), detailOf(event), event.what === 'no-answer' && t('life.perhaps')].filter(Boolean).join(', ') }));
  if (['WAITING', 'UNKNOWN'].includes(delivery.state)) events.push({ kind: 'off', text: t('life.next'), detail: seconds(delivery.nextAttempt) });
  return life(events);
}

/** A place in the record reads "Observation 3117". */
const places = ['accepted', 'looked-and-found'];
const detailOf = event => (places.includes(event.what) ? event.detail?.replace('/', ' ') : event.detail);
