// SPDX-License-Identifier: Apache-2.0
import { api, empty, html, moment, number, seconds, status, table } from 'kit';
import { OperatorPage, t } from './operator-page.js';

/** Which nodes serve, and which revision each has in force. */
class Nodes extends OperatorPage {
  refreshEvery = 3;

  async load(signal) {
    this.nodes = await api.get('nodes', { signal });
    this.newest = Math.max(...this.nodes.map(node => node.revision));
  }

  heading() {
    const serving = this.nodes.filter(node => node.serves);
    const there = serving.filter(node => node.revision === this.newest).length;
    return t(there === this.nodes.length ? 'nodes.title-all' : 'nodes.title', { n: there, of: this.nodes.length, revision: this.newest });
  }

  lead() {
    return t('nodes.lead');
  }

  main() {
    if (this.nodes.length === 0) return empty(t('nodes.none'), t('nodes.none-text'));
    return table({
      caption: t('nodes.caption'),
      rows: this.nodes,
      tone: node => (node.serves ? undefined : 'wait'),
      columns: [
        { label: t('nodes.address'), head: true, cell: node => node.address },
        { label: t('nodes.state'), cell: node => this.#state(node) },
        { label: t('nodes.revision'), figure: true, cell: node => number(node.revision) },
        { label: t('nodes.seen'), cell: node => seconds(node.seenAt) },
        { label: t('nodes.started'), cell: node => moment(node.startedAt) },
      ],
    });
  }

  #state(node) {
    if (!node.serves) return html`${status('refused', t('nodes.silent'))}<span class="detail">${t('nodes.silent-means')}</span>`;
    return node.revision === this.newest ? status('ok', t('nodes.serves')) : status('partly', t('nodes.behind'));
  }
}

customElements.define('sluse-operate-nodes', Nodes);
