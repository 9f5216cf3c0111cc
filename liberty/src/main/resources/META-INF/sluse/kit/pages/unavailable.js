// SPDX-License-Identifier: Apache-2.0
import { PatientPage, button, html, t } from 'kit';

const secondsBetweenTries = 3;

/**
 * What a node shows that cannot confirm at the moment what is switched on. It asks for the page that was wanted and opens it once it is there: a page that
 * loaded itself again each few seconds would be read out each time.
 */
class Unavailable extends PatientPage {
  connectedCallback() {
    super.connectedCallback();
    this.trying = setInterval(() => this.#isThere().then(there => there && location.reload()), secondsBetweenTries * 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.trying);
  }

  heading() {
    return t('unavailable.title');
  }

  lead() {
    return t('unavailable.lead');
  }

  main() {
    return html`<div class="buttons">${button(t('unavailable.again'), { kind: 'filled', press: () => this.#tryNow() })}</div>`;
  }

  async #tryNow() {
    if (await this.#isThere()) location.reload();
    else this.say(t('unavailable.not-yet'));
  }

  async #isThere() {
    try {
      return (await fetch(location.href, { headers: { Accept: 'text/html' } })).status !== 503;
    } catch {
      return false;
    }
  }
}

customElements.define('sluse-unavailable', Unavailable);
