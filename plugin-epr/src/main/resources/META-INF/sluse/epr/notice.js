// SPDX-License-Identifier: Apache-2.0
// What a patient reads around the questions: who receives data and who answers for it, whom to call, whose the questionnaire is.

import { country, html, icon, list, messages, nothing, seenLink } from 'kit';

const t = messages('epr');

/** Who receives the answers, from the register; who answers for the clinic, once it has said so; who has seen the patient's data; what is kept, how long, on what basis. */
export function privacyNotice(form, { always, controller }, link) {
  return html`<section class="stack"><h2>${t('form.who')}</h2><ul class="points">
      <li>${icon('deliver')}<span>${t('form.goes')}</span></li>
      ${form.recipients.map(one => html`<li>${icon('share')}<span>${t('form.then', { name: html`<strong>${one.name}</strong>`, address: placeOf(one),
        fields: list(one.fields.map(key => t(key))) })}</span></li>`)}
      ${always.map(one => html`<li>${icon('backup')}<span>${t('form.host', { name: html`<strong>${one.name}</strong>`, address: placeOf(one),
        service: one.service, data: one.processing })} ${one.transfer ?? nothing}</span></li>`)}
      <li>${icon('ok')}<span>${t(form.savedHere ?? 'form.saved-here')}</span></li>
      <li>${icon('person')}<span>${t(form.rights ?? 'form.rights')}</span></li></ul>
    ${answersFor(controller)}
    ${seenLink('epr', link)}
    <details class="epr-more"><summary>${t('form.more')}</summary><dl>${['purpose', 'data', 'retention', 'basis'].map(each =>
      html`<dt>${t(`form.${each}`)}</dt><dd>${t(form.activity[each])}</dd>`)}</dl></details>
    ${copyright(form)}</section>`;
}

function answersFor({ name, address, contact, officer }) {
  return name ? html`<p>${t('form.controller', { name, address, contact })} ${officer ? t('form.officer', { officer }) : nothing}</p>` : nothing;
}

/** The questionnaire's own sentence, in its own words; nothing where it has none. */
export const copyright = form => (form.notice ? html`<p class="second detail" lang=${form.noticeLanguage ?? 'en'}>${form.title}: ${form.notice}</p>` : nothing);

/** Where the answers go, in a line. */
export const whereTo = form => html`<p class="second">${t('form.goes')} ${form.recipients.map(one =>
  t('form.then', { name: one.name, address: placeOf(one), fields: list(one.fields.map(key => t(key))) }))}</p>`;

/** Whom to call now, and whether the clinic has been told. */
export function help({ crisisLine, emergencyNumber, help: told }) {
  return html`<div class="stack">
    <p>${t('form.help', { line: html`<strong>${crisisLine}</strong>`, emergency: html`<strong>${emergencyNumber}</strong>` })}</p>
    ${told ? html`<p class="second">${t('form.help-told')}</p>` : nothing}
    <div class="buttons">${[crisisLine, emergencyNumber].map(each => html`<a class="button outlined" href=${`tel:${each.replaceAll(' ', '')}`}><span class="button-label">${
      icon('phone')}<span>${t('form.call', { number: each })}</span></span></a>`)}</div></div>`;
}

/** "Street 1, Oslo, Norway" */
const placeOf = one => `${one.address}, ${country(one.country)}`;
