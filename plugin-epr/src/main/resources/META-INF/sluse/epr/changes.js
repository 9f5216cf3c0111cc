// SPDX-License-Identifier: Apache-2.0
// What open pages ask every few seconds. It reads nobody's data; what it points to is read, and audited, only when a number is another one.

import { StaffPage, api } from 'kit';

const fresh = 500;
let asked;

/** {needs, records}: numbers of whoever is signed in. One answer serves all parts of a page that ask within a second. */
export function changes() {
  if (!asked || Date.now() - asked.at > fresh) asked = { at: Date.now(), answer: api.get('epr/changes') };
  return asked.answer;
}

let known = {};

/** What needs this person: {safety, deliveries}; read again when its number is another one. */
export async function needs() {
  const { needs: number } = await changes();
  if (known.number !== number) {
    const answer = api.get('epr/needs');
    known = { number, answer };
    // The next look tries again.
    answer.catch(() => { known = {}; });
  }
  return known.answer;
}

/** A page about patients: it reads again when something about them has changed. */
export class PatientsPage extends StaffPage {
  static plugin = 'epr';
  refreshEvery = 3;
  #number;

  async changed() {
    const { records } = await changes();
    const differs = this.#number !== records;
    this.#number = records;
    return differs;
  }
}
