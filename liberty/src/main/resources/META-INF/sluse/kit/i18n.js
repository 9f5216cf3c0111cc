// SPDX-License-Identifier: Apache-2.0
// Texts, numbers, dates and times in the language of the page.

const root = document.documentElement;

/** The clinic's id, as it stands in each address; empty on a page that belongs to no clinic. */
export const tenant = root.dataset.tenant ?? '';

/** One of nb, de, en. */
export const language = root.lang || 'en';

/** What each language calls itself. */
export const languages = { en: 'English', nb: 'Norsk', de: 'Deutsch' };

const locale = { en: 'en-GB', nb: 'nb-NO', de: 'de-DE' }[language] ?? language;
const bundles = new Map();

/** Bundles of the host: the same for every clinic. */
const shared = ['kit', 'operate'];

/**
 * The texts of one plugin ("video"), or of the host ("kit"): a function (key, args) -> text. The bundle begins to load with this
 * call; `texts()` waits for it. A key that the plugin lacks is looked up among the host's.
 *
 * Arguments that are no plain values (a Lit template for a bold name) give a list that Lit renders.
 */
export function messages(plugin) {
  load(plugin);
  return (key, args = {}) => format(template(plugin, key) ?? key, args);
}

/** The host's own texts. */
export const t = messages('kit');

/** Whether the plugin or the host has a text for this key. */
export function hasText(plugin, key) {
  return template(plugin, key) !== undefined;
}

/** Resolves when each bundle that was asked for is here, or is known to be unavailable. */
export async function texts() {
  await Promise.all([...bundles.values()].map(bundle => bundle.loaded));
}

function load(plugin) {
  if (bundles.has(plugin)) return;
  const folder = shared.includes(plugin) ? `/ui/${plugin}` : `/ui/${tenant}/${plugin}`;
  const bundle = { texts: {} };
  bundle.loaded = fetch(`${folder}/messages/${language}.json`, { headers: { Accept: 'application/json' } })
    .then(answer => (answer.ok ? answer.json() : {}))
    .catch(() => ({}))
    .then(loaded => { bundle.texts = loaded; });
  bundles.set(plugin, bundle);
}

function template(plugin, key) {
  return bundles.get(plugin)?.texts[key] ?? bundles.get('kit')?.texts[key];
}

/** Fills `{name}` and `{n, plural, 0 {none} one {# item} other {# items}}`; a form may hold further arguments. */
export function format(text, args = {}) {
  const parts = fill(text, args, undefined);
  return parts.every(part => typeof part === 'string') ? parts.join('') : parts;
}

function fill(text, args, count) {
  const parts = [];
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '#' && count !== undefined) {
      plain += number(count);
    } else if (text[i] === '{') {
      const end = closing(text, i);
      parts.push(plain, ...argument(text.slice(i + 1, end), args));
      plain = '';
      i = end;
    } else {
      plain += text[i];
    }
  }
  parts.push(plain);
  return parts.filter(part => part !== '');
}

function argument(inside, args) {
  const [, name, forms] = /^\s*(\w+)\s*(?:,\s*plural\s*,([^]*))?$/.exec(inside) ?? [];
  const value = args[name];
  if (forms !== undefined) return fill(chooseForm(forms, Number(value)), args, Number(value));
  if (typeof value === 'number') return [number(value)];
  if (typeof value === 'string') return [value];
  return [value ?? ''];
}

function chooseForm(forms, count) {
  const found = {};
  for (let i = forms.indexOf('{'), from = 0; i >= 0; from = closing(forms, i) + 1, i = forms.indexOf('{', from)) {
    found[forms.slice(from, i).trim().replace(/^=/, '')] = forms.slice(i + 1, closing(forms, i));
  }
  return found[count] ?? found[new Intl.PluralRules(locale).select(count)] ?? found.other ?? '';
}

function closing(text, open) {
  for (let i = open, depth = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return i;
  }
  return text.length;
}

const formats = new Map();
const dates = options => {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
};
const year = when => (new Date(when).getFullYear() === new Date().getFullYear() ? undefined : 'numeric');

/** 4112 -> "4,112". */
export const number = value => new Intl.NumberFormat(locale).format(value);

/** An instant -> "10:41". */
export const time = when => dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(when));

/** An instant -> "CET": the zone of this browser at that time. */
export const zone = when => dates({ timeZoneName: 'short' }).formatToParts(new Date(when)).find(part => part.type === 'timeZoneName').value;

/** An instant -> "10:41:07". */
export const seconds = when =>
  dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(when));

/** An instant -> "23 November", with the year when it is another one. */
export const day = when => dates({ day: 'numeric', month: 'long', year: year(when) }).format(new Date(when));

/** An instant -> "23 Nov", where there is little room. */
export const shortDay = when => dates({ day: 'numeric', month: 'short', year: year(when) }).format(new Date(when));

/** An instant -> "Monday 23 November". */
export const weekday = when =>
  dates({ weekday: 'long', day: 'numeric', month: 'long', year: year(when) }).format(new Date(when)).replace(/^./u, c => c.toUpperCase());

/** An instant -> "10:41" if it is today, else "20 November, 10:41". */
export const moment = when => (isToday(when) ? time(when) : `${day(when)}, ${time(when)}`);

/** Whether an instant lies on the present day of this browser. */
export const isToday = when => new Date(when).toDateString() === new Date().toDateString();

/** (7, 'minute') -> "7 minutes"; units as `Intl` names them. */
export const amount = (value, unit) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);

/** ["a", "b", "c"] -> "a, b and c". */
export const list = items => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

/** "NO" -> "Norway"; a name stays as it is. */
export const country = code => (/^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(locale, { type: 'region' }).of(code) : code);

/** Keeps the choice for a year and draws the page again in that language. */
export function speak(chosen) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `sluse-lang=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  location.reload();
}
