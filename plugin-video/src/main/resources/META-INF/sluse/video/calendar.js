// SPDX-License-Identifier: Apache-2.0
// The appointment for the patient's own calendar.

import { Problem, api, button, language, messages } from 'kit';

const t = messages('video');

/** @param link  by which the patient is known, as `exchange` has answered it */
export function calendarButton(link) {
  return button(t('calendar.take'), { icon: 'calendar', press: () => take(link) });
}

/** Through a file of the page's own: a plain link could not say who asks. */
async function take(link) {
  const answer = await fetch(api.url('video/invitations/me/calendar', { language }), { headers: { 'X-Sluse-Link': link } });
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  const file = document.createElement('a');
  file.href = URL.createObjectURL(await answer.blob());
  file.download = 'appointment.ics';
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60000);
}
