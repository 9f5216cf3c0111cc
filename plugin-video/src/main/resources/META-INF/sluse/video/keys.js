// SPDX-License-Identifier: Apache-2.0
// The call by keyboard: one stop for all tools with arrows between them, and keys of a single letter that can be switched off (WCAG 2.2, 2.1.4).

import { html, inform, messages } from 'kit';

const t = messages('video');
const stored = 'sluse-video-keys';

/** Whether keys of a single letter act in this browser. */
export const areOn = () => localStorage.getItem(stored) !== 'off';

const typing = element => element.closest?.('input, select, textarea, [contenteditable]') !== null;

/**
 * Keys for as long as a page is open. They are silent while a field or a dialog has the focus, and with Ctrl, Alt or the Windows or Command key.
 *
 *     acts     {m: () => ...}, by lower-case letter or sign; `?` is added and shows all of them
 *     names    {m: 'Mute'}, what each does in words
 *     when     () => whether keys act now
 *     changed  () => the person has switched them off or on
 */
export class Keys {
  #acts;
  #names;
  #when;
  #changed;

  constructor({ acts, names, when, changed }) {
    this.#acts = { ...acts, '?': () => this.show() };
    this.#names = names;
    this.#when = when;
    this.#changed = changed;
    document.addEventListener('keydown', event => this.#pressed(event));
  }

  /** All keys, and the choice to switch them off. */
  show() {
    return inform({
      heading: t('keys.title'),
      content: html`<dl class="keys">${Object.entries({ ...this.#names(), '?': t('keys.all') }).map(([key, name]) =>
        html`<div><dt><kbd>${key.toUpperCase()}</kbd></dt><dd>${name}</dd></div>`)}
          <div><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>${t('keys.arrows')}</dd></div></dl>
        <div class="field"><label class="check"><input type="checkbox" .checked=${areOn()} aria-describedby="keys-hint"
          @change=${event => this.#switch(event.target.checked)}><span>${t('keys.on')}</span></label>
        <p class="hint" id="keys-hint">${t('keys.on.hint')}</p></div>`,
    });
  }

  #switch(on) {
    localStorage.setItem(stored, on ? 'on' : 'off');
    this.#changed();
  }

  #pressed(event) {
    const act = this.#acts[event.key.toLowerCase()];
    if (!act || !areOn() || !this.#when() || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    act();
  }
}

/** A toolbar's way about it (WAI-ARIA Authoring Practices, Toolbar): Tab comes in and goes out, arrows, Home and End move inside. */
export function move(event) {
  const tools = seen(event.currentTarget);
  const at = tools.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  tools.at(to % tools.length).focus();
  leaveOne(event.currentTarget);
}

/** Leaves one tool of the page's toolbar, if it has one, in the order of Tab: the one with the focus, else the one that had it last, else the first. */
export function oneStop(page) {
  const toolbar = page.querySelector('[role=toolbar]');
  if (toolbar) leaveOne(toolbar);
}

/** A small screen hides some. */
const seen = toolbar => [...toolbar.querySelectorAll('button')].filter(tool => tool.getClientRects().length > 0);

function leaveOne(toolbar) {
  const tools = seen(toolbar);
  const stop = tools.find(tool => tool === document.activeElement) ?? tools.find(tool => tool.tabIndex === 0) ?? tools[0];
  for (const tool of tools) tool.tabIndex = tool === stop ? 0 : -1;
}
