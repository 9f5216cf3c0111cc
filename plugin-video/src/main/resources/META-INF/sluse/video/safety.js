// SPDX-License-Identifier: Apache-2.0
// A code by which two people find out that nobody stands between their browsers, the clinic's server included.

import { html, messages } from 'kit';

const t = messages('video');
const hex = bytes => Array.from(bytes, each => each.toString(16).padStart(2, '0')).join('');
const digest = async text => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** The certificates that a side may show (RFC 8122, 5), as far as its description goes. */
const certificates = sdp => [...new Set(Array.from(sdp.matchAll(/^a=fingerprint:(\S+) (\S+)/gm), ([, hash, value]) => `${hash.toLowerCase()} ${value.toUpperCase()}`))]
  .sort().join(' ');

/**
 * Each side says the hash of its certificate and a random number, and tells the number when it has the other's hash. The code is a hash of both certificates and numbers,
 * so that it is equal on both sides only if both saw the same certificates. Without the hash said first, somebody between them would try certificates until two codes of 16
 * digits agree, which takes seconds; so they have one guess in 10^16 (as in ZRTP, RFC 6189, 4.4.1.1). A new connection has a new code.
 */
export class Safety {
  #page;
  #connections;
  #runs = new Map();

  constructor(page, connections) {
    this.#page = page;
    this.#connections = connections;
    connections.whenOpen(each => this.#begin(each));
    connections.on('safety', (message, from) => this.#heard(message, from));
    connections.whenAlone(() => this.#runs.clear());
  }

  draw() {
    return html`<p>${t('safety.lead')}</p><dl class="codes">${[...this.#connections].map(each => {
      const code = this.#runs.get(each.peer)?.code;
      return html`<div><dt>${each.name()}</dt><dd class=${code ? 'large' : 'second'}>${code ?? t('safety.not-yet')}</dd></div>`;
    })}</dl><p class="second">${t('safety.new')}</p>`;
  }

  #begin({ peer, tell }) {
    const number = hex(crypto.getRandomValues(new Uint8Array(16)));
    const own = `${certificates(peer.localDescription.sdp)} ${number}`;
    const said = digest(own).then(hash => tell({ type: 'safety', hash: hex(hash) }));
    this.#runs.set(peer, { own, number, said });
  }

  async #heard({ hash, number }, { peer, tell }) {
    const run = this.#runs.get(peer);
    if (!run) return;
    if (typeof hash === 'string' && !run.hash) {
      run.hash = hash;
      await run.said;
      tell({ type: 'safety', number: run.number });
    } else if (typeof number === 'string' && run.hash && !run.code) {
      const other = `${certificates(peer.remoteDescription.sdp)} ${number}`;
      if (hex(await digest(other)) !== run.hash) return;
      run.code = digits(await digest([run.own, other].sort().join(' ')));
      this.#page.requestUpdate();
    }
  }
}

/** 16 digits in four groups. */
function digits(bytes) {
  const number = new DataView(bytes.buffer).getBigUint64(0) % 10n ** 16n;
  return String(number).padStart(16, '0').match(/\d{4}/g).join(' ');
}
