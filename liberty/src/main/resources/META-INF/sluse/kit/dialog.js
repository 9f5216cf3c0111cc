// SPDX-License-Identifier: Apache-2.0
// What floats above a page, in the browser's own dialog: a question that must be answered first, and something to read.

import { html, render, nothing } from 'lit';
import { t } from './i18n.js';

/**
 * Asks, and resolves with true when the person goes on, false otherwise (Esc is the safe answer).
 *
 * @param question  the heading: "End the call for everyone?"
 * @param text      who is touched
 * @param content   more under it, such as a field with `autofocus`
 * @param act       the verb that goes on: "End for all"
 * @param safe      the word that stays: "Stay"; it has focus
 * @param tone      'stop' unless the act takes nothing away ('filled')
 * @param type      a word the person must type first (a clinic's name)
 */
export function confirm({ question, text, content: more = nothing, act, safe = t('cancel'), tone = 'stop', type }) {
  return new Promise(resolve => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-question');
    const content = missing => html`<form method="dialog" novalidate @submit=${go}>
      <h2 id="dialog-question">${question}</h2>
      ${text ? html`<p>${text}</p>` : nothing}
      ${more}
      ${type ? html`<div class="field"><label for="dialog-type">${t('dialog.type', { word: type })}</label>
        <input id="dialog-type" autocomplete="off" aria-invalid=${missing ? 'true' : nothing}></div>` : nothing}
      <div class="buttons">
        <button class=${`button ${tone}`} value="go"><span class="button-label">${act}</span></button>
        <button class="button outlined" value="stay" autofocus><span class="button-label">${safe}</span></button>
      </div>
    </form>`;
    const go = event => {
      if (event.submitter?.value !== 'go' || !type || dialog.querySelector('#dialog-type').value.trim() === type) return;
      event.preventDefault();
      render(content(true), dialog);
      dialog.querySelector('#dialog-type').focus();
    };
    render(content(false), dialog);
    open(dialog, () => resolve(dialog.returnValue === 'go'));
  });
}

/** Shows `content` under a heading until the person closes it; resolves then. */
export function inform({ heading, content }) {
  return new Promise(resolve => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-heading');
    render(html`<form method="dialog"><h2 id="dialog-heading">${heading}</h2>${content}
      <div class="buttons"><button class="button outlined" autofocus><span class="button-label">${t('dialog.close')}</span></button></div></form>`, dialog);
    open(dialog, resolve);
  });
}

function open(dialog, closed) {
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  (document.querySelector('[data-sluse-page]') ?? document.body).append(dialog);
  dialog.showModal();
}
