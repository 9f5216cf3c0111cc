// SPDX-License-Identifier: Apache-2.0
import { PatientPage, button, html, t } from 'kit';

const secondsBetweenTries = 3;

/** What a node shows that cannot confirm at the moment what is switched on. Opens the page again by itself: in a few seconds it is likely to be there. */
class Unavailable extends PatientPage {
  connectedCallback() {
    super.connectedCallback();
    setTimeout(() => location.reload(), secondsBetweenTries * 1000);
  }

  heading() {
    return t('unavailable.title');
  }

  lead() {
    return t('unavailable.lead');
  }

  main() {
    return html`<div class="buttons">${button(t('unavailable.again'), { press: () => location.reload() })}</div>`;
  }
}

customElements.define('sluse-unavailable', Unavailable);
