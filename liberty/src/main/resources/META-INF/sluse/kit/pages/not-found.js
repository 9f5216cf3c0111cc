// SPDX-License-Identifier: Apache-2.0
import { PatientPage, html, linkButton, t, tenant } from 'kit';

/** The one answer to an address that is unknown, whose clinic is unknown, or whose module is off. */
class NotFound extends PatientPage {
  heading() {
    return t('problem.not-found');
  }

  lead() {
    return t('not-found.lead');
  }

  main() {
    return tenant ? html`<div class="buttons">${linkButton(t('not-found.today'), `/${tenant}/today`)}</div>` : '';
  }
}

customElements.define('sluse-not-found', NotFound);
