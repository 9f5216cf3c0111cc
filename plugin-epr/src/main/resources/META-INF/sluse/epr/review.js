// SPDX-License-Identifier: Apache-2.0
import { banner, button, html, messages, nothing } from 'kit';
import { declined } from './answers.js';
import { whereTo } from './notice.js';

const t = messages('epr');

/**
 * A look at all answers before they are sent.
 *
 * @param change  (index of a question) -> goes back to it
 */
export function review(answers, change) {
  const { form, open } = answers;
  return html`<div class="stack">
    ${open.length ? banner('wait', t('form.review-open', { n: open.length })) : nothing}
    ${listed(answers, (item, index) => button(t('form.change'), { kind: 'link', about: item.text, press: () => change(index) }))}
    ${whereTo(form)}</div>`;
}

/** What was sent, for whoever answered; closed, since others may look at the same screen. */
export const sentAnswers = answers => html`<details class="epr-more"><summary>${t('form.yours')}</summary>${listed(answers, () => nothing)}</details>`;

const listed = (answers, action) => html`<ol class="sheet rows epr-review">${answers.form.items.map((item, index) => html`<li class="row"><div class="grow">
  <span class="second" lang=${answers.form.language}>${item.text}</span>
  ${spoken(answers, item)}</div>
  ${action(item, index)}</li>`)}</ol>`;

/** The instrument's words are in its language, ours in the page's. */
function spoken({ form }, item) {
  const answer = form.answers[item.linkId];
  if (answer === undefined) return html`<strong>${t('form.open')}</strong>`;
  if (answer === declined) return html`<strong>${t('form.skipped')}</strong>`;
  return html`<strong lang=${form.language}>${item.choices.find(choice => choice.code === answer)?.text}</strong>`;
}
