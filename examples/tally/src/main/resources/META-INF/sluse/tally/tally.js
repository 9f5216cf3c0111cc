// SPDX-License-Identifier: Apache-2.0
import { StaffPage, api, button, html, messages, number, table } from 'kit';

const t = messages('tally');
const ways = ['PHONE', 'LETTER', 'VISIT'];

/** How often patients got in touch this week, and a button for each way to count one more. */
class TallyWeek extends StaffPage {
  static plugin = 'tally';

  async load(signal) {
    this.totals = (await api.get('tally/contacts', { signal })).totals;
  }

  heading() {
    return t('week.title', { n: ways.reduce((sum, way) => sum + this.totals[way], 0) });
  }

  lead() {
    return t('week.lead');
  }

  main() {
    return html`<div class="stack">
      <div class="buttons">${ways.map(way => button(t(`count.${way}`), { press: () => this.count(way) }))}</div>
      ${table({ caption: t('week.caption'), rows: ways, columns: [
        { label: t('column.way'), head: true, cell: way => t(`way.${way}`) },
        { label: t('column.total'), cell: way => number(this.totals[way]) }] })}
      <div class="buttons">${button(t('report.now'), { press: () => this.report() })}</div>
    </div>`;
  }

  async count(way) {
    this.totals = (await api.post('tally/contacts', { way })).totals;
    this.say(t('counted', { way: t(`way.${way}`), n: this.totals[way] }));
  }

  async report() {
    await api.post('tally/report');
    this.say(t('reported'));
  }
}

customElements.define('tally-week', TallyWeek);
