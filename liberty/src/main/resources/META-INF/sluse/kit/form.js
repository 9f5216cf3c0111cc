// SPDX-License-Identifier: Apache-2.0
// A form: fields with label, hint and error, checked on leaving a field and on continue, never while typing; input is never cleared.

import { html, nothing } from 'lit';
import { icon } from './icons.js';
import { t as kit } from './i18n.js';
import { work } from './parts.js';

let forms = 0;

let pressed = false;
addEventListener('pointerdown', () => { pressed = true; }, true);
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => { pressed = false; }, true);

/**
 * The state of one form of a page.
 *
 *     form = new Form(this, { t });
 *     main() {
 *       return this.form.draw(html`
 *         ${this.form.field({ name: 'displayName', label: t('name.label'), hint: t('name.hint'), required: true })}
 *         ${submit(t('invite'))}`, values => this.invite(values));
 *     }
 *
 * A refusal with errors [{pointer: "/displayName", code: "name-refused"}] stands at its field in the words of `error.<code>`.
 */
export class Form {
  #page;
  #t;
  #id = `form-${++forms}`;
  #fields = new Map();
  #errors = new Map();
  #sent;
  #typed = new Map();

  /**
   * @param page  the page or part that draws the form; its error summary stands above the page's h1
   * @param t     the plugin's texts, from messages(...)
   */
  constructor(page, { t = kit } = {}) {
    this.#page = page;
    this.#t = t;
    page.addForm?.(this);
  }

  /** Whether something has to be put right. */
  get wrong() {
    return this.#errors.size > 0;
  }

  /** What a person typed or chose so far in a field. */
  value(name) {
    return this.#typed.get(name);
  }

  /** Forgets what was typed and each error: after it was sent, or to begin anew. */
  clear() {
    this.#typed.clear();
    this.#errors.clear();
  }

  /** The form around its fields; `send` gets {name: value} and may return a promise. */
  draw(content, send) {
    return html`<form id=${this.#id} novalidate @submit=${event => this.#submit(event, send)}
        @input=${this.#keep} @change=${this.#keep} @focusout=${this.#left}>${content}</form>`;
  }

  /**
   * One field.
   *
   * @param type     text, url, email, tel, password, date, time, datetime-local, integer, textarea, select, choice (radios), checkbox
   * @param options  for select and choice: [{value, label, hint}]
   * @param check    (value, all values) -> the code of an error, or undefined
   * @param unit     stands behind the box ("minutes")
   * @param also     further members of what is sent that this field stands for; what is wrong with them stands here
   */
  field(field) {
    const id = `${this.#id}-${field.name.replaceAll(/\W/g, '-')}`;
    const drawn = { type: 'text', ...field, id, value: this.#typed.get(field.name) ?? field.value };
    this.#fields.set(field.name, drawn);
    const error = this.#errors.get(field.name);
    if (drawn.type === 'choice') return choice(drawn, error);
    if (drawn.type === 'checkbox') return checkbox(drawn, error);
    const described = describedBy(drawn, error);
    return html`<div class=${`field ${error ? 'wrong' : ''}`}>
      <label for=${id}>${drawn.label}${drawn.required === false ? html` <span class="second">${kit('field.optional')}</span>` : nothing}</label>
      ${hint(drawn)}
      ${control(drawn, error, described)}
      ${message(drawn, error)}
    </div>`;
  }

  /** "There is one thing to put right", with a link to each field; the page draws it above its h1. */
  summary() {
    if (!this.wrong) return nothing;
    return html`<div class="error-summary" tabindex="-1" role="group" aria-labelledby=${`${this.#id}-summary`}>
      <h2 id=${`${this.#id}-summary`}>${kit('error.summary', { n: this.#errors.size })}</h2>
      <ul>${[...this.#errors].map(([name, text]) => html`<li><a href=${`#${this.#target(name)}`} @click=${event => this.#goTo(event, name)}>${text}</a></li>`)}</ul>
    </div>`;
  }

  /** Shows refusals of the server at their fields; false when there is none that belongs to a field. */
  show(problem) {
    const known = (problem.errors ?? []).map(error => ({ ...error, field: this.#fieldOf(error) })).filter(error => error.field);
    if (known.length === 0) return false;
    this.#errors = new Map(known.map(error => [error.field.name, this.#text(error.code, error.field)]));
    this.#focusSummary();
    return true;
  }

  #fieldOf(error) {
    const name = nameOf(error);
    return this.#fields.get(name) ?? [...this.#fields.values()].find(field => field.also?.includes(name));
  }

  #submit(event, send) {
    event.preventDefault();
    const form = event.currentTarget;
    const values = (this.#sent = this.#values(form));
    this.#errors = new Map();
    for (const field of this.#fields.values()) {
      if (!form.querySelector(`#${field.id}`)) this.#fields.delete(field.name);
      else this.#check(field, values, form);
    }
    if (this.wrong) return this.#focusSummary();
    const control = event.submitter ?? form.querySelector('[type=submit]');
    return work(control, async () => {
      try {
        await send(values, control);
      } catch (problem) {
        if (!this.show(problem)) throw problem;
      }
    });
  }

  #values(form) {
    const values = {};
    for (const field of this.#fields.values()) {
      const element = form.elements.namedItem(field.name);
      if (!element) continue;
      if (field.type === 'checkbox') values[field.name] = element.checked;
      else if (field.type === 'integer') values[field.name] = element.value.trim() === '' ? undefined : whole(element.value);
      else values[field.name] = field.type === 'password' ? element.value : element.value.trim();
    }
    return values;
  }

  #check(field, values, form) {
    // A date that is half typed has no value, and would be lost without a word.
    if (form.elements.namedItem(field.name)?.validity?.badInput) {
      this.#errors.set(field.name, this.#text('not-a-date'));
      return;
    }
    const value = values[field.name];
    const missing = value === '' || value === undefined || value === false;
    if (missing) {
      if (field.required) this.#errors.set(field.name, field.missing ?? this.#t('error.missing', { label: field.label }));
      return;
    }
    const code = field.check?.(value, values) ?? this.#bounds(field, value);
    if (code) this.#errors.set(field.name, this.#text(code, field));
  }

  #bounds(field, value) {
    if (field.type === 'integer' && !Number.isInteger(value)) return 'not-a-number';
    if (field.type === 'integer' && (value < (field.min ?? -Infinity) || value > (field.max ?? Infinity))) return 'out-of-bounds';
    if (field.type === 'url' && !URL.canParse(value)) return 'not-an-address';
    return undefined;
  }

  /** What nobody has words for is no reason to show a code. */
  #text(code, field = {}) {
    const key = `error.${code}`;
    const text = this.#t(key, { min: field.min ?? '', max: field.max ?? '' });
    return text === key ? kit('error.value') : text;
  }

  #keep = event => {
    const { name, type, value, checked } = event.target;
    if (name) this.#typed.set(name, type === 'checkbox' ? checked : value);
    if (event.type === 'change' && this.#errors.has(name) && ['radio', 'checkbox'].includes(type)) {
      this.#errors.delete(name);
      this.#draw();
    }
  };

  #left = event => {
    const field = this.#fields.get(event.target.name);
    if (!field || field.type === 'choice' || field.type === 'checkbox' || event.target.value.trim() === '' && !event.target.validity.badInput) return;
    const values = this.#values(event.currentTarget);
    // What the server has refused stays refused until it is another value; only the server knows.
    if (this.#errors.has(field.name) && this.#sent?.[field.name] === values[field.name]) return;
    this.#errors.delete(field.name);
    this.#check(field, values, event.currentTarget);
    this.#draw();
  };

  /** Draws once no pointer is down: an error that comes or goes would move what is being pressed from under it. */
  #draw() {
    if (pressed) addEventListener('pointerup', () => setTimeout(() => this.#page.requestUpdate(), 50), { once: true });
    else this.#page.requestUpdate();
  }

  async #focusSummary() {
    this.#page.requestUpdate();
    await this.#page.summaryDrawn?.();
    // This form's own: another form of the page may have something to put right too.
    document.querySelector(`[aria-labelledby="${this.#id}-summary"]`)?.focus();
  }

  #target(name) {
    return this.#fields.get(name)?.id ?? '';
  }

  #goTo(event, name) {
    event.preventDefault();
    const target = document.getElementById(this.#target(name));
    (target?.matches('fieldset') ? target.querySelector('input') : target)?.focus();
  }
}

/**
 * Radios as whole rows, chosen = border, tint and weight. Stands alone too (a question): `change` gets the value; nothing moves on by itself.
 *
 * @param options  [{value, label, hint}]
 */
export function choiceList({ id, name, legend, hideLegend = false, options, value, change, describedby, error }) {
  return html`<fieldset class=${`choices ${error ? 'wrong' : ''}`} id=${id ?? nothing} aria-describedby=${describedby ?? nothing}>
    <legend class=${hideLegend ? 'hidden-text' : ''}>${legend}</legend>
    ${options.map(option => html`<label class="choice"><input type="radio" name=${name} .value=${option.value} .checked=${option.value === value}
        @change=${change ? () => change(option.value) : nothing}><span class="choice-text"><span>${option.label}</span>${
        option.hint ? html`<span class="detail">${option.hint}</span>` : nothing}</span></label>`)}
  </fieldset>`;
}

/** "4,112" and "4 112" are a number; "1.5" is none that is whole. */
const whole = text => (/^\d+$|^\d{1,3}([\s.,]\d{3})+$/.test(text.trim()) ? Number(text.replaceAll(/\D/g, '')) : Number.NaN);

const nameOf = error => (error.pointer ?? '').replace(/^\//, '');
const hint = field => (field.hint ? html`<p class="hint" id=${`${field.id}-hint`}>${field.hint}</p>` : nothing);
const message = (field, error) => (error ? html`<p class="error" id=${`${field.id}-error`}>${icon('refused')}<span>${error}</span></p>` : nothing);
const describedBy = (field, error) => [field.hint && `${field.id}-hint`, error && `${field.id}-error`].filter(Boolean).join(' ') || nothing;

function control(field, error, described) {
  const wrong = error ? 'true' : nothing;
  if (field.type === 'textarea') {
    return html`<textarea id=${field.id} name=${field.name} rows=${field.rows ?? 3} maxlength=${field.maxlength ?? nothing} .value=${field.value ?? ''}
      aria-invalid=${wrong} aria-describedby=${described}></textarea>`;
  }
  if (field.type === 'select') {
    return html`<select id=${field.id} name=${field.name} aria-invalid=${wrong} aria-describedby=${described}>${field.options.map(option =>
      html`<option value=${option.value} ?selected=${option.value === field.value}>${option.label}</option>`)}</select>`;
  }
  const whole = field.type === 'integer';
  const input = html`<input id=${field.id} name=${field.name} type=${whole ? 'text' : field.type} inputmode=${whole ? 'numeric' : nothing}
    class=${field.short || whole ? 'short' : ''} .value=${String(field.value ?? '')} maxlength=${field.maxlength ?? nothing}
    autocomplete=${field.autocomplete ?? 'off'} spellcheck=${field.spellcheck ?? 'false'} aria-required=${field.required ? 'true' : nothing}
    aria-invalid=${wrong} aria-describedby=${described}>`;
  return field.unit ? html`<span class="with-unit">${input}<span>${field.unit}</span></span>` : input;
}

function choice(field, error) {
  return html`<div class=${`field ${error ? 'wrong' : ''}`}>
    ${choiceList({ ...field, legend: field.label, describedby: describedBy(field, error), error })}
    ${hint(field)}${message(field, error)}
  </div>`;
}

function checkbox(field, error) {
  return html`<div class=${`field ${error ? 'wrong' : ''}`}>
    <label class="check"><input type="checkbox" id=${field.id} name=${field.name} .checked=${field.value === true || field.value === 'true'}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy(field, error)}><span>${field.label}</span></label>
    ${hint(field)}${message(field, error)}
  </div>`;
}
