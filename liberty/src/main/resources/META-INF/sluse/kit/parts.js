// SPDX-License-Identifier: Apache-2.0
// The parts of pages.md section 4 that only show something: functions that return Lit templates.

import { html, nothing } from 'lit';
import { icon, gate } from './icons.js';
import { t, list, weekday } from './i18n.js';

/**
 * A button: verb first. `press` may return a promise; until it settles the button says that it works and ignores further presses,
 * and a refusal becomes the page's error banner.
 *
 * @param kind     'filled' (one in view), 'outlined', 'bare' or 'stop'
 * @param icon     a name from icons.js; with `label` hidden (`iconOnly`) the label stays its accessible name
 * @param about    what the button is about when its word alone does not tell ("Let in" + "Patient 4"), read but not seen
 * @param working  the word while it works; "Working …" unless given
 * @param pressed  for a button that holds a state: true or false
 */
export function button(label, { press, kind = 'outlined', icon: sign, iconOnly = false, about, working, pressed, submits = false,
    autofocus = false, id, name, describedby } = {}) {
  return html`<button type=${submits ? 'submit' : 'button'} class=${`button ${kind} ${iconOnly ? 'icon-only' : ''}`}
      id=${id ?? nothing} name=${name ?? nothing} ?autofocus=${autofocus} aria-pressed=${pressed ?? nothing}
      aria-describedby=${describedby ?? nothing} @click=${press ? event => work(event.currentTarget, () => press(event)) : nothing}>
    <span class="button-label">${sign ? icon(sign) : nothing}<span class=${iconOnly ? 'hidden-text' : ''}>${label}</span>${
      about ? html`<span class="hidden-text"> ${about}</span>` : nothing}</span>
    <span class="button-working">${icon('partly')}${working ?? t('working')}</span>
  </button>`;
}

/** The button that sends the form around it. */
export const submit = (label, options = {}) => button(label, { kind: 'filled', ...options, submits: true });

/** A link that looks like a button, for going somewhere rather than doing something. */
export function linkButton(label, href, { kind = 'outlined', icon: sign, iconOnly = false, download = false, newTab = false } = {}) {
  return html`<a class=${`button ${kind} ${iconOnly ? 'icon-only' : ''}`} href=${href} ?download=${download} target=${newTab ? '_blank' : nothing}><span class="button-label">${
    sign ? icon(sign) : nothing}<span class=${iconOnly ? 'hidden-text' : ''}>${label}</span></span></a>`;
}

/** Runs `action` for a control: marks it as working meanwhile, asks the page to draw itself again, and hands a refusal to the page. */
export async function work(control, action) {
  if (control?.getAttribute('aria-disabled') === 'true') return;
  // The control may be gone from the document when the action ends, so the page is found now.
  const page = control?.closest('[data-sluse-page]');
  const report = (name, detail) => page?.dispatchEvent(new CustomEvent(name, { detail }));
  try {
    const outcome = action();
    if (outcome instanceof Promise) {
      control?.setAttribute('aria-disabled', 'true');
      await outcome;
    }
  } catch (problem) {
    if (!page) throw problem;
    report('sluse-problem', problem);
  } finally {
    control?.removeAttribute('aria-disabled');
    report('sluse-changed');
  }
}

/** A small menu that opens under its button; Esc and a press elsewhere close it. Items: {label, press | href, lang, chosen}. */
export function menu(label, items, { icon: sign, name } = {}) {
  return html`<details class="menu" @keydown=${closeOnEscape} @focusout=${closeWhenLeft}>
    <summary class="button outlined"><span class="button-label">${sign ? icon(sign) : nothing}${
      name ? html`<span class="hidden-text">${name}: </span>` : nothing}<span>${label}</span>${icon('down')}</span></summary>
    <ul>${items.map(item => html`<li>${item.href
      ? html`<a href=${item.href} ?download=${item.download}>${item.label}</a>`
      : html`<button type="button" lang=${item.lang ?? nothing} aria-current=${item.chosen ? 'true' : nothing} @click=${item.press}>${item.label}</button>`}</li>`)}</ul>
  </details>`;
}

function closeOnEscape(event) {
  if (event.key !== 'Escape' || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector('summary').focus();
}

function closeWhenLeft(event) {
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}

/**
 * A state: its shape, then its word. Kinds: ok, wait, parked, partly, attention, refused, review, off, ended, info.
 * Boxed only when it stands alone.
 */
export function status(kind, word, { boxed = false } = {}) {
  return html`<span class=${`status status-${kind} ${boxed ? 'boxed' : ''}`}>${icon(kind)}<span>${word}</span></span>`;
}

const toneIcons = { info: 'info', wait: 'parked', stop: 'review', ok: 'ok' };

/** A sentence in place, with at most one action. Tones: stop (a person at risk, a refusal), wait (something parked), info, ok. */
export function banner(tone, sentence, { action, icon: sign } = {}) {
  return html`<div class=${`banner tone-${tone}`}>${icon(sign ?? toneIcons[tone])}<div class="banner-text">${sentence}</div>${action ?? nothing}</div>`;
}

/**
 * What stays, the gate, what passes, to whom. Made from the manifest, never typed into a page.
 *
 * @param clinic     {name, place}
 * @param recipient  {name, place}
 * @param stays, passes, sees   names of data; `sees` is what the recipient learns from the browser by itself
 */
export function passage({ clinic, recipient, stays = [], passes = [], sees = [], level = 3 }) {
  return html`<div class="passage">
    <div class="passage-stays">
      ${title(level, t('passage.stays', { name: clinic.name }))}
      ${place(clinic.place)}
      ${names(stays, 'dash')}
    </div>
    <div class="passage-gate">${gate()}</div>
    <div class="passage-passes">
      ${title(level, t('passage.passes', { name: recipient.name }))}
      ${place(recipient.place)}
      ${passes.length ? names(passes, 'check') : html`<p class="second">${t('passage.nothing')}</p>`}
      ${sees.length ? html`${title(level, t('passage.sees', { name: recipient.name }))}${names(sees, 'eye')}` : nothing}
    </div>
  </div>`;
}

const title = (level, text) => (level === 2 ? html`<h2>${text}</h2>` : level === 4 ? html`<h4>${text}</h4>` : html`<h3>${text}</h3>`);
const place = text => (text ? html`<p class="place">${text}</p>` : nothing);
const names = (items, sign) => html`<ul class="names">${items.map(item => html`<li>${icon(sign)}<span>${item}</span></li>`)}</ul>`;

/** The passage in a line: "**Whereby AS** receives: display name"; without recipients "No one outside the clinic receives anything." */
export function passageLine(recipients = []) {
  if (recipients.length === 0) return html`<p class="passage-line">${gate()}<span>${t('disclosure.none')}</span></p>`;
  return recipients.map(recipient => html`<p class="passage-line">${gate()}<span>${
    t('disclosure.line', { name: html`<strong>${recipient.name}</strong>`, data: list(recipient.passes) })}</span></p>`);
}

/** A sentence of the page's own beside the gate ("In this call the clinic sees your name as Kari."). */
export const gateLine = sentence => html`<p class="passage-line">${gate()}<span>${sentence}</span></p>`;

/**
 * A module as a row: its name, its state, one sentence, and the button that goes to where it can be changed.
 *
 * @param state   a `status(...)`
 * @param action  a link or button
 */
export function switchRow({ name, state, sentence, action }) {
  return html`<div class="switch-row"><div><h3>${name} ${state}</h3><p>${sentence}</p></div>${action ?? nothing}</div>`;
}

/**
 * A table that becomes blocks on a phone. The roles are spoken out, since some browsers forget a table's meaning once its parts are blocks.
 *
 * @param columns  {label, cell(row) -> template, figure: right-aligned, head: this cell names the row}
 * @param groups   {label, rows, note} in order; or give `rows`
 * @param tone     (row) -> 'wait' | 'stop' | undefined, tints the row
 */
export function table({ caption, columns, rows, groups = [{ rows }], tone = () => undefined }) {
  return html`<div class="table-sheet"><table role="table">
    <caption class="hidden-text">${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map(column => html`<th role="columnheader" scope="col" class=${column.figure ? 'figure' : ''}>${
      column.hideLabel ? html`<span class="hidden-text">${column.label}</span>` : column.label}</th>`)}</tr></thead>
    ${groups.map(group => html`<tbody role="rowgroup">
      ${group.label ? html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan=${columns.length}>${group.label}</th></tr>` : nothing}
      ${(group.rows ?? []).map(row => html`<tr role="row" class=${tone(row) ? `tone-${tone(row)}` : ''}>${columns.map(column => cell(column, row))}</tr>`)}
      ${group.note ? html`<tr role="row"><td role="cell" class="second" colspan=${columns.length}>${group.note}</td></tr>` : nothing}
    </tbody>`)}
  </table></div>`;
}

function cell(column, row) {
  const content = html`<span class="cell-label" aria-hidden="true">${column.hideLabel ? nothing : column.label}</span><div class="cell">${column.cell(row)}</div>`;
  const kind = column.figure ? 'figure' : '';
  return column.head ? html`<th role="rowheader" scope="row" class=${kind}>${content}</th>` : html`<td role="cell" class=${kind}>${content}</td>`;
}

/** Rows that have an `at` as groups of a table, a day each. */
export const byDay = rows => [...Map.groupBy(rows, row => weekday(row.at))].map(([label, ofDay]) => ({ label, rows: ofDay }));

/** What happened, in order: entries {kind, text, detail}; kind is a status shape, 'off' (an open ring) for the next step. */
export function life(entries) {
  return html`<ol class="life">${entries.map(entry => html`<li class=${`status-${entry.kind ?? 'ok'}`}>${icon(entry.kind ?? 'ok')}<div><strong>${
    entry.text}</strong>${entry.detail ? html`<span class="detail">${entry.detail}</span>` : nothing}</div></li>`)}</ol>`;
}

/** Where the person is on a short way: names, and the index of the present one. Steps before it are done. */
export function steps(names, present) {
  return html`<ol class="steps">${names.map((name, index) => html`<li class=${index < present ? 'done' : index === present ? 'present' : ''}
      aria-current=${index === present ? 'step' : nothing}>${icon(index < present ? 'ok' : index === present ? 'wait' : 'off')}<span>${name}</span></li>`)}</ol>`;
}

/** Figures side by side: {label, value, note}. */
export function figures(items) {
  return html`<dl class="figures">${items.map(item => html`<div><dt>${item.label}</dt><dd>${item.value}</dd>${
    item.note ? html`<dd class="detail">${item.note}</dd>` : nothing}</div>`)}</dl>`;
}

/** Nothing here yet: what will appear, and the one thing to do. */
export function empty(heading, text, action) {
  return html`<div class="empty"><h2>${heading}</h2><p>${text}</p>${action ?? nothing}</div>`;
}

/** Grey lines in the shape of what comes. */
export function skeleton(lines = 3) {
  return html`<div class="skeleton" aria-hidden="true">${Array.from({ length: lines }, () => html`<span></span>`)}</div>`;
}
