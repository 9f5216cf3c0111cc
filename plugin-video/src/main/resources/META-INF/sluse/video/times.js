// SPDX-License-Identifier: Apache-2.0
// When a session begins and how long it takes, as fields of a form: in the zone of this browser, which is named.

import { html, messages, zone } from 'kit';

const t = messages('video');
const local = date => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);

export function timeFields(form, { startsAt = new Date(), minutes = 45 } = {}) {
  const start = local(new Date(startsAt));
  return html`${form.field({ name: 'startsAt', label: t('new.start'), hint: t('new.start.hint', { zone: zone(form.value('startsAt') || start) }), type: 'datetime-local', required: true, value: start })}
    ${form.field({ name: 'minutes', label: t('new.length'), type: 'integer', unit: t('unit.minutes'), required: true, min: 5, max: 240, value: minutes })}`;
}

/** The form's values as the server takes them. */
export const timeOf = ({ startsAt, minutes }) => ({ startsAt: new Date(startsAt).toISOString(), minutes });
