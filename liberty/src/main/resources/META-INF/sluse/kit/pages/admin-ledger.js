// SPDX-License-Identifier: Apache-2.0
import { StaffPage, amount, api, button, byDay, empty, html, moment, nothing, seconds, status, t, table } from 'kit';

/** What left, when and to whom: one row for each disclosure, refusals too. */
class Ledger extends StaffPage {
  async load(signal) {
    const { rows, more } = await api.get('core/ledger', { signal });
    this.rows = rows;
    this.more = more;
  }

  heading() {
    const last = this.rows.find(row => outcome(row) === 'sent');
    return last ? t('ledger.title', { when: moment(last.at), recipient: last.recipient }) : t('ledger.none');
  }

  lead() {
    return t('ledger.lead');
  }

  main() {
    if (this.rows.length === 0) return empty(t('ledger.empty'), t('ledger.empty-text'));
    return html`<div class="stack">
      ${table({
        caption: t('ledger.caption'),
        groups: byDay(this.rows),
        tone: row => (outcome(row) === 'refused' ? 'wait' : undefined),
        columns: [
          { label: t('ledger.when'), cell: row => seconds(row.at) },
          { label: t('ledger.recipient'), head: true, cell: row => row.recipient },
          { label: t('ledger.categories'), cell: row => row.categories.map(category => t(`category.${category}`)).join(', ') },
          { label: t('ledger.subject'), cell: row => (row.subject ? html`<span class="second">${row.subject.slice(0, 6)}</span>` : t('ledger.nobody')) },
          { label: t('ledger.size'), figure: true, cell: row => amount(row.bytes, 'byte') },
          { label: t('ledger.result'), cell: row => status(shapes[outcome(row)], t(`ledger.result.${outcome(row)}`)) },
        ],
      })}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#older() })}</div>` : nothing}
    </div>`;
  }

  async #older() {
    const { rows, more } = await api.get('core/ledger', { query: { before: this.rows.at(-1).at, beforeId: this.rows.at(-1).id } });
    this.rows = [...this.rows, ...rows];
    this.more = more;
  }
}

const shapes = { sent: 'ok', sending: 'partly', 'no-answer': 'partly', 'not-taken': 'attention', refused: 'refused' };

/** The ledger's codes in five words: an HTTP status is an answer, SENDING, NOT_SENT and NO_ANSWER speak for themselves, the rest is why the gate refused. */
function outcome({ result }) {
  if (/^2\d\d$/.test(result)) return 'sent';
  if (/^\d+$/.test(result) || result === 'NOT_SENT') return 'not-taken';
  if (result === 'SENDING') return 'sending';
  return result === 'NO_ANSWER' ? 'no-answer' : 'refused';
}

customElements.define('sluse-admin-ledger', Ledger);
