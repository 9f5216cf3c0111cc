// SPDX-License-Identifier: Apache-2.0
// A question that must be answered before something happens, in the browser's own dialog.

import { html, render, nothing } from 'lit';
import { t } from './i18n.js';

/**
 * Asks, and resolves with true when the person goes on, false otherwise (Esc is the safe answer).
 *
 * @param question  the heading: "End the call for everyone?"
 * @param text      who is touched
 * @param act       the verb that goes on: "End for all"
 * @param safe      the word that stays: "Stay"; it has focus
 * @param tone      'stop' unless the act takes nothing away ('filled')
 * @param type      a word the person must type first (a clinic's name)
 */
export function confirm({ question, text, act, safe = t('cancel'), tone = 'stop', type }) {
  return new Promise(resolve => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-question');
    const content = missing => html`<form method="dialog" novalidate @submit=${go}>
      <h2 id="dialog-question">${question}</h2>
      ${text ? html`<p>${text}</p>` : nothing}
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
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'go');
    });
    render(content(false), dialog);
    (document.querySelector('[data-sluse-page]') ?? document.body).append(dialog);
    dialog.showModal();
  });
}
