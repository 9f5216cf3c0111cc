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
    <ol class="sheet rows epr-review">${form.items.map((item, index) => html`<li class="row"><div class="grow">
      <span class="second" lang=${form.language}>${item.text}</span>
      ${spoken(answers, item)}</div>
      ${button(t('form.change'), { kind: 'link', about: item.text, press: () => change(index) })}</li>`)}</ol>
    ${whereTo(form)}</div>`;
}

/** The instrument's words are in its language, ours in the page's. */
function spoken({ form }, item) {
  const answer = form.answers[item.linkId];
  if (answer === undefined) return html`<strong>${t('form.open')}</strong>`;
  if (answer === declined) return html`<strong>${t('form.skipped')}</strong>`;
  return html`<strong lang=${form.language}>${item.choices.find(choice => choice.code === answer)?.text}</strong>`;
}
