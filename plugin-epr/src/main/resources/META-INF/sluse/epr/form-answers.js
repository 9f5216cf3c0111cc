// SPDX-License-Identifier: Apache-2.0
// Answers to a form as people read them.

import { day, language, list, messages, moment } from 'kit';

const t = messages('epr');

/** What the server answered, with members that are null left out: absent is absent. */
export function present(answer) {
  if (Array.isArray(answer)) return answer.map(present);
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null).map(([name, value]) => [name, present(value)]));
}

/** "7,5 Stunden"; several after each other. */
export const said = item => list(item.values.map(value => one(item, value)));

function one(item, value) {
  if (value.option !== undefined) return value.text;
  if (value.file) return value.file.name || t('own.file');
  switch (item.type) {
    case 'boolean': return t(value.text === 'true' ? 'own.yes' : 'own.no');
    case 'date': return value.text.length === 10 ? day(`${value.text}T12:00:00`, { year: true }) : value.text;
    case 'dateTime': return value.text.length > 10 ? moment(value.text) : value.text;
    case 'time': return value.text.slice(0, 5);
    case 'integer':
    case 'decimal': return withUnit(item, localNumber(value.text), item.units[0]?.text);
    case 'quantity': return withUnit(item, localNumber(value.text), item.units.find(unit => unit.id === value.unit)?.text ?? value.unit);
    default: return value.text;
  }
}

const withUnit = (_item, number, unit) => (unit ? `${number} ${unit}` : number);

/** With the sign that separates decimals where the reader is; no other digit changes. */
export const localNumber = text => (language === 'en' ? text : text.replace('.', ','));
