// SPDX-License-Identifier: Apache-2.0
// Everything a page needs, under one name: import { StaffPage, html, api, messages } from 'kit'. README.md beside this file says how.

export { html, svg, nothing } from 'lit';
export { api, Problem } from './api.js';
export {
  amount, country, day, format, hasText, isToday, language, languages, list, messages, moment, number, seconds, shortDay, speak, t, tenant, texts, time, weekday, zone,
} from './i18n.js';
export { gate, icon, mark } from './icons.js';
export {
  banner, button, byDay, empty, figures, gateLine, life, linkButton, menu, passage, passageLine, skeleton, status, steps, submit, switchRow, table, work,
} from './parts.js';
export { Form, choiceList } from './form.js';
export { confirm, inform } from './dialog.js';
export { Page } from './page.js';
export { PatientPage, seenLink } from './patient-page.js';
export { StaffPage } from './staff-page.js';
export { TodayPart, needsYou } from './today.js';

/** Adds a plugin's own style sheet to the page, once: stylesheet(new URL('video.css', import.meta.url)). */
export function stylesheet(address) {
  const href = String(address);
  if (document.head.querySelector(`link[href="${href}"]`)) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  document.head.append(link);
}
