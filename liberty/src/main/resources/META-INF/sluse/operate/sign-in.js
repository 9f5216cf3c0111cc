// SPDX-License-Identifier: Apache-2.0
import { PatientPage, Problem, api, banner, button, html, messages } from 'kit';

const t = messages('operate');

/** Where the operator comes in. The one-time code stands in the fragment, which no server sees; a press uses it, so that what only looks at links uses none. */
class SignIn extends PatientPage {
  static plugin = 'operate';
  code = location.hash.slice(1);
  refused = false;

  heading() {
    if (this.refused) return t('sign-in.refused');
    return this.code ? t('sign-in.title') : t('sign-in.no-code');
  }

  lead() {
    return this.code && !this.refused ? t('sign-in.lead', { host: location.host }) : t('sign-in.how');
  }

  main() {
    const command = html`<p><code>./sluse operator</code></p>`;
    if (this.refused) return html`${banner('stop', t('problem.link-not-in-use'), { icon: 'refused' })}${command}`;
    if (!this.code) return command;
    return html`<div class="buttons">${button(t('sign-in.continue'), { kind: 'filled', press: () => this.#begin() })}</div>`;
  }

  async #begin() {
    try {
      await api.post('sign-in', { code: this.code });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.slug !== 'link-not-in-use') throw problem;
      this.refused = true;
      history.replaceState(null, '', location.pathname);
      await this.moved();
      return;
    }
    const to = new URLSearchParams(location.search).get('to') ?? '';
    location.replace(`/operate/${/^[a-z0-9/-]{1,100}$/.test(to) ? to : 'clinics'}`);
  }
}

customElements.define('sluse-operate-sign-in', SignIn);
