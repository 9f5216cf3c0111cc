// SPDX-License-Identifier: Apache-2.0
// The fields of one page of a form: native controls, each with its label, its help and what is to be put right.

import { button, choiceList, html, icon, messages, nothing, t as kit } from 'kit';
import { repeat } from 'lit/directives/repeat.js';
import { localNumber, said } from './form-answers.js';

const t = messages('epr');

/** More than so many are chosen from a list that opens. */
const fewest = 10;

/** Where an item stands in the page. */
export const itemId = key => `item-${key.replaceAll(/\W/g, '_')}`;

/**
 * The items of a page.
 *
 * @param form  {language, valuesOf, wrongAt, problem, put, addGroup, removeGroup}: the page around the fields
 */
export const parts = (page, form) => html`<div class="stack epr-own">${each(page.items, form, page)}</div>`;

// By key: a question that appears must not take over the field that somebody is in.
const each = (items, form, page) => repeat(items, item => item.key, item => drawn(item, form, page));

function drawn(item, form, page) {
  if (item.type === 'display') return html`<p class="epr-text" lang=${form.language}>${words(item)}</p>`;
  if (item.type === 'group') return group(item, form, page);
  return html`<div class="stack">${item.readOnly ? fixed(item, form) : question(item, form)}
    ${item.items.length ? html`<div class="stack epr-below">${each(item.items, form, page)}</div>` : nothing}</div>`;
}

const words = item => [item.prefix, item.text].filter(Boolean).join(' ');

function group(item, form, page) {
  const again = item.occurrence > 0;
  const legend = again ? t('own.occurrence', { text: words(item), n: item.occurrence }) : words(item);
  const isTitle = !again && page.title === item.text;
  const wrong = form.wrongAt(item.key);
  return html`<fieldset class=${`stack ${again ? 'sheet padded' : ''}`} id=${itemId(item.key)} aria-describedby=${wrong.length ? `${itemId(item.key)}-error` : nothing}>
    ${legend ? html`<legend class=${isTitle ? 'hidden-text' : 'epr-legend'} lang=${form.language}>${legend}</legend>` : nothing}
    ${links(item)}${errors(item, form)}
    ${each(item.items, form, page)}
    ${item.mayRemove ? html`<p>${button(t('own.remove'), { kind: 'link', about: legend, press: () => form.removeGroup(item.key) })}</p>` : nothing}
    </fieldset>${item.mayAdd ? html`<p>${button(t('own.add'), { about: words(item), press: () => form.addGroup(item.key) })}</p>` : nothing}`;
}

/** What is calculated or given, to be read. */
const fixed = (item, form) => html`<div class="field" id=${itemId(item.key)}><span class="epr-label" lang=${form.language}>${words(item)}</span>
  <output lang=${form.language}>${item.values.length ? said(item) : t('own.nothing-yet')}</output></div>`;

function question(item, form) {
  const id = itemId(item.key);
  const wrong = form.wrongAt(item.key);
  const describedby = [item.help.length && `${id}-help`, item.hint && `${id}-hint`, wrong.length && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const field = { item, form, id, values: form.valuesOf(item), describedby, wrong: wrong.length > 0, label: label(item, form) };
  const isChoice = item.type === 'boolean' || item.options.length && (item.repeats || !opens(item));
  return html`<div class=${`field ${wrong.length ? 'wrong' : ''}`} lang=${form.language}>
    ${isChoice ? choices(field) : single(field)}
    ${item.help.length ? html`<div class="hint" id=${`${id}-help`}>${item.help.map(text => html`<p>${text}</p>`)}</div>` : nothing}
    ${item.hint ? html`<p class="hint" id=${`${id}-hint`}>${item.hint}</p>` : nothing}
    ${links(item)}${errors(item, form)}</div>`;
}

const label = (item, form) => html`<span>${[item.about, words(item)].filter(Boolean).join(': ')}</span>${item.required ? nothing
  : html` <span class="second" lang=${document.documentElement.lang || nothing}>${kit('field.optional')}</span>`}`;

const opens = item => ['drop-down', 'autocomplete', 'lookup'].includes(item.control) || item.options.length > fewest;

const links = item => item.links.map(link => html`<p lang=${document.documentElement.lang || nothing}><a class="alone" href=${link} target="_blank" rel="noreferrer">${t('own.more')}<span class="hidden-text"> ${item.text}</span></a></p>`);

function errors(item, form) {
  const wrong = form.wrongAt(item.key);
  return wrong.length ? html`<div id=${`${itemId(item.key)}-error`} lang=${document.documentElement.lang || nothing}>${wrong.map(one =>
    html`<p class="error">${icon('refused')}<span>${form.problem(one)}</span></p>`)}</div>` : nothing;
}

function choices(field) {
  const { item, form, id, values } = field;
  if (item.type === 'boolean') {
    return choiceList({ id, name: item.key, legend: field.label, describedby: field.describedby, error: field.wrong, value: values[0]?.text,
      options: [{ value: 'true', label: t('own.yes') }, { value: 'false', label: t('own.no') }], change: text => form.put(item, [{ text }]) });
  }
  const own = values.filter(value => value.option === undefined && value.text);
  if (item.repeats) {
    const chosen = values.filter(value => value.option !== undefined).map(value => value.option);
    return html`<fieldset class="choices" id=${id} aria-describedby=${field.describedby ?? nothing}><legend>${field.label}</legend>
      ${item.options.map(option => html`<label class="choice epr-check"><input type="checkbox" name=${item.key} .value=${option.id} .checked=${chosen.includes(option.id)}
        @change=${event => form.put(item, [...toggled(item, chosen, option, event.target.checked).map(one => ({ option: one })), ...own.map(one => ({ text: one.text }))])}
        ><span class="choice-text"><span>${option.text}</span></span></label>`)}
      ${item.open ? other(field, own[0]?.text, text => form.put(item, [...chosen.map(one => ({ option: one })), ...(text ? [{ text }] : [])])) : nothing}</fieldset>`;
  }
  return html`${choiceList({ id, name: item.key, legend: field.label, describedby: field.describedby, error: field.wrong, value: values[0]?.option,
    options: item.options.map(option => ({ value: option.id, label: option.text })), change: option => form.put(item, [{ option }]) })}
    ${item.open ? other(field, own[0]?.text, text => form.put(item, text ? [{ text }] : [])) : nothing}
    ${item.required || !values.length ? nothing : html`<p lang=${document.documentElement.lang || nothing}>${button(t('own.clear'), { kind: 'link', about: item.text, press: () => form.put(item, []) })}</p>`}`;
}

/** "None of these" goes alone. */
function toggled(item, chosen, option, checked) {
  if (!checked) return chosen.filter(one => one !== option.id);
  if (option.exclusive) return [option.id];
  const alone = item.options.filter(one => one.exclusive).map(one => one.id);
  return [...chosen.filter(one => !alone.includes(one)), option.id];
}

const other = ({ id, item }, value, put) => html`<div class="field"><label for=${`${id}-other`} lang=${document.documentElement.lang || nothing}>${t('own.other')}<span class="hidden-text"> ${item.text}</span></label>
  <input id=${`${id}-other`} type="text" autocomplete="off" .value=${value ?? ''} @change=${event => put(event.target.value.trim())}></div>`;

/** One field, or one for each answer and one more. */
function single(field) {
  const { item, id, values } = field;
  if (item.type === 'attachment') return files(field);
  if (!item.repeats) return html`<label for=${id}>${field.label}</label>${control(field, values[0], id, given => field.form.put(item, given ? [given] : []))}`;
  const all = [...values, undefined];
  return html`<fieldset class="stack" id=${id} aria-describedby=${field.describedby ?? nothing}><legend class="epr-label">${field.label}</legend>
    ${all.map((value, place) => html`<div class="field"><label class="second" for=${`${id}-${place}`} lang=${document.documentElement.lang || nothing}>${t('own.answer', { n: place + 1 })}</label>
      ${control(field, value, `${id}-${place}`, given => field.form.put(item, all.map((one, at) => (at === place ? given : entered(one))).filter(Boolean)))}</div>`)}</fieldset>`;
}

const entered = value => value && (value.option === undefined ? { text: value.text, unit: value.unit } : { option: value.option });

function control(field, value, id, put) {
  const { item } = field;
  const common = { id, describedby: field.describedby, wrong: field.wrong, required: item.required };
  if (item.options.length) {
    return html`${listOf({ ...common, options: item.options, value: value?.option, put: option => put(option === '' ? undefined : { option }) })}
      ${item.open ? other({ id, item }, value?.option === undefined ? value?.text : '', text => put(text ? { text } : undefined)) : nothing}`;
  }
  const text = value?.text ?? '';
  const puts = changed => put(changed.trim() === '' ? undefined : { text: changed });
  switch (item.type) {
    case 'text': return html`<textarea id=${id} rows="4" maxlength=${item.bounds.maxLength ?? nothing} .value=${text} aria-required=${item.required ? 'true' : nothing}
      aria-invalid=${field.wrong ? 'true' : nothing} aria-describedby=${field.describedby ?? nothing} @change=${event => puts(event.target.value)}></textarea>`;
    case 'integer':
    case 'decimal': return withUnit(item.units[0]?.text, input({ ...common, type: 'text', inputmode: item.type === 'integer' ? 'numeric' : 'decimal', short: true, value: localNumber(text), put: puts }));
    case 'quantity': return quantity(field, value, common, put);
    case 'date': return input({ ...common, type: [0, 10].includes(text.length) ? 'date' : 'text', short: true, min: item.bounds.min, max: item.bounds.max, value: text, put: puts });
    case 'dateTime': return input({ ...common, type: 'datetime-local', value: text.slice(0, 16), put: changed => puts(withOffset(changed)) });
    case 'time': return input({ ...common, type: 'time', short: true, value: text.slice(0, 5), put: puts });
    case 'url': return input({ ...common, type: 'url', value: text, put: puts });
    default: return input({ ...common, type: 'text', maxlength: item.bounds.maxLength, value: text, put: puts });
  }
}

const input = one => html`<input id=${one.id} type=${one.type} class=${one.short ? 'short' : ''} inputmode=${one.inputmode ?? nothing} autocomplete="off" min=${one.min ?? nothing} max=${one.max ?? nothing}
  maxlength=${one.maxlength ?? nothing} .value=${one.value} aria-required=${one.required ? 'true' : nothing} aria-invalid=${one.wrong ? 'true' : nothing}
  aria-describedby=${one.describedby ?? nothing} @change=${event => one.put(event.target.value)}>`;

const withUnit = (unit, field) => (unit ? html`<span class="with-unit">${field}<span>${unit}</span></span>` : field);

const listOf = ({ id, options, value, put, describedby, wrong, required }) => html`<select id=${id} aria-required=${required ? 'true' : nothing} aria-invalid=${wrong ? 'true' : nothing}
  aria-describedby=${describedby ?? nothing} @change=${event => put(event.target.value)}><option value="" ?selected=${value === undefined}>${t('own.choose')}</option>
  ${options.map(option => html`<option value=${option.id} ?selected=${option.id === value}>${option.text}</option>`)}</select>`;

function quantity({ item, id }, value, common, put) {
  const number = localNumber(value?.text ?? '');
  const unit = value?.unit ?? '';
  const puts = (text, of) => put(text.trim() === '' ? undefined : { text, unit: of });
  const field = input({ ...common, type: 'text', inputmode: 'decimal', short: true, value: number, put: text => puts(text, unitOf(id) ?? unit) });
  if (item.units.length === 1) return withUnit(item.units[0].text, field);
  const label = html`<label class="hidden-text" for=${`${id}-unit`} lang=${document.documentElement.lang || nothing}>${t('own.unit')} ${item.text}</label>`;
  return html`<span class="with-unit">${field}${label}${item.units.length
    ? listOf({ id: `${id}-unit`, options: item.units, value: value?.unit, put: of => puts(document.getElementById(id).value, of) })
    : html`<input class="short" id=${`${id}-unit`} type="text" autocomplete="off" .value=${unit} @change=${event => puts(document.getElementById(id).value, event.target.value.trim())}>`}</span>`;
}

const unitOf = id => document.getElementById(`${id}-unit`)?.value;

/** A moment needs its offset: that of this place at that time. */
function withOffset(local) {
  if (local === '') return '';
  const minutes = -new Date(local).getTimezoneOffset();
  const two = number => String(number).padStart(2, '0');
  return `${local.length === 16 ? `${local}:00` : local}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function files({ item, form, id, values, label: text, describedby, wrong }) {
  const kept = item.values.map((_, place) => ({ kept: place }));
  return html`<label for=${id}>${text}</label>
    ${values.length ? html`<ul class="rows" lang=${document.documentElement.lang || nothing}>${item.values.map((value, place) => html`<li class="row"><span class="grow">${value.file.name || t('own.file')}</span>
      ${button(t('own.remove'), { kind: 'link', about: value.file.name, press: () => form.put(item, kept.filter(one => one.kept !== place)) })}</li>`)}</ul>` : nothing}
    <input type="file" id=${id} accept=${item.bounds.files.join(',') || nothing} aria-required=${item.required ? 'true' : nothing} aria-invalid=${wrong ? 'true' : nothing}
      aria-describedby=${describedby ?? nothing} @change=${async event => {
        const [file] = event.target.files;
        if (!file) return;
        const read = { text: await base64(file), name: file.name, type: file.type };
        event.target.value = '';
        await form.put(item, item.repeats ? [...kept, read] : [read]);
      }}>`;
}

const base64 = file => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});
