// SPDX-License-Identifier: Apache-2.0
// How long a paper holds, in words: for the page of agreements and the page of a module.

import { day, t } from 'kit';

const soon = 30;
const dayLength = 86_400_000;

/** A day of the calendar, the same one wherever it is read. */
const on = date => day(`${date}T12:00`);

/** "Signed 12 March 2026, holds until 11 March 2028" */
export function stands({ signedOn, validUntil, endedAt }) {
  if (endedAt) return t('papers.was-ended', { signed: on(signedOn), ended: day(endedAt) });
  return validUntil ? t('papers.holds-until', { signed: on(signedOn), until: on(validUntil) }) : t('papers.holds', { signed: on(signedOn) });
}

/** How many days are left of a paper whose last day (UTC) comes within a month; undefined for any other. */
export function daysLeft({ validUntil, endedAt }) {
  if (!validUntil || endedAt) return undefined;
  const left = Math.round((Date.parse(validUntil) - Date.parse(new Date().toISOString().slice(0, 10))) / dayLength);
  return left >= 0 && left <= soon ? left : undefined;
}
