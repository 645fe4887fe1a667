// What the page needs from the browser. Runs before Streamlit's own script; no library, no eval, nothing kept on this computer.
(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (q, from = document) => from.querySelector(q);
  const here = () => location.pathname.split('/').pop();

  function post(action, values) {
    const form = Object.assign(document.createElement('form'), { method: 'post', action });
    for (const [name, value] of Object.entries(values)) {
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
    (document.body || root).append(form);
    form.submit();
  }

  // An invitation link: the code leaves the address at once and travels in a form, so that no request line, log or way back holds it. The list of
  // visited pages that the browser keeps on disk has seen it all the same (README, Limits).
  function invited() {
    if (!location.hash.startsWith('#J=')) return false;
    const code = /^#J=([A-Za-z0-9-]{1,64})$/.exec(location.hash);
    history.replaceState(null, '', location.pathname);
    if (code) { root.classList.add('away'); post('/s/invite', { code: code[1] }); }
    return Boolean(code);
  }
  if (invited()) return;
  addEventListener('hashchange', invited);  // a link opened in a tab that is here already loads nothing anew
  // A page that the browser kept is asked for again: somebody may have left since.
  addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

  // Leave now: cover, end the session, go where nothing personal is, in place of this entry of the history.
  function leave() {
    root.classList.add('away');
    try { navigator.sendBeacon('/s/close'); } catch { /* the page is covered and goes away all the same */ }
    const chosen = $('[data-away]')?.dataset.away || '';
    const usual = $('[data-leave]').href;
    try { location.replace(chosen.startsWith('https://') ? chosen : usual); } catch { location.replace(usual); }
  }

  // Shift three times within five seconds, with nothing typed between: capital letters do not count.
  let presses = [], alone = false;
  function dots() { const bar = $('#bar'); if (bar) bar.dataset.shift = presses.length; }
  addEventListener('keydown', e => {
    if (!e.isTrusted) return;  // our own, below
    alone = e.key === 'Shift' && (alone || !e.repeat);
    if (e.key !== 'Shift' && presses.length) { presses = []; dots(); }
  }, true);
  addEventListener('keyup', e => {
    if (e.key !== 'Shift' || !alone) return;
    alone = false;
    presses = presses.filter(t => Date.now() - t < 5000).concat(Date.now());
    dots();
    if (presses.length >= 3) leave();
  }, true);

  // The connection: the bar says that it is lost. A page whose server is gone keeps showing its text, so it covers itself after a while.
  let gone = 0;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('open', () => { gone = 0; release(); });
      this.addEventListener('close', () => { gone ||= Date.now(); });
    }
  };

  function cut() {
    const lost = Boolean(gone) && Date.now() - gone > 2000, line = $('#lost');
    if (line && root.classList.contains('lost') !== lost) line.textContent = lost ? line.dataset.said : '';
    root.classList.toggle('lost', lost);
    // Streamlit's own box about it speaks English, names a server and takes the focus.
    if (gone) $('[data-testid=stDialog]:not(:has([class*=st-key-])) button[aria-label=Close]')?.click();
  }

  // Idle: the page sets data-idle (seconds allowed), data-until and data-now (the server's clock). Every tab of this browser counts.
  let input = Date.now(), told = 0, mark = '', until = 0, asking = false;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('input') : null;
  if (tabs) tabs.onmessage = () => { input = Date.now(); };
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll']) {
    addEventListener(kind, () => {
      if (root.classList.contains('covered')) return;
      input = Date.now();
      if (tabs && input - told > 5000) { told = input; tabs.postMessage(0); }
    }, { capture: true, passive: true });
  }

  function reach(then) {
    if (asking) return;
    asking = true;
    fetch('/_stcore/health', { cache: 'no-store' }).then(r => { if (r.ok) then(); }).catch(() => {}).finally(() => { asking = false; });
  }

  function read(span) {
    const { until: end, now: then } = span.dataset;
    if (mark !== end + then) { mark = end + then; until = Date.now() + (end - then) * 1000; }
  }

  function watch() {
    const now = Date.now(), span = $('[data-idle]');
    if (presses.length && now - presses[0] >= 5000) { presses = []; dots(); }
    cut();
    if (!span) { if (!root.classList.contains('idle')) root.classList.remove('covered', 'locking'); return; }
    read(span);
    root.classList.toggle('locking', until - now <= 60000);
    const quiet = now - input, lost = gone && now - gone > 120000 && quiet > 60000;
    const idled = quiet >= span.dataset.idle * 1000, passed = now > until + 15000;
    if (idled || passed) root.classList.add('idle');
    if (idled || passed || lost) root.classList.add('covered');
    else if (!gone && !root.classList.contains('idle')) root.classList.remove('covered');
    // Reloading a page counts as an action, so an idle one locks instead.
    if (idled) reach(() => post('/s/lock', { next: here() }));
    else if (passed) reach(() => location.reload());
  }
  setInterval(watch, 1000);
  for (const kind of ['focus', 'visibilitychange']) addEventListener(kind, watch, true);

  // Drafts: Streamlit takes text over on Ctrl+Enter, so a pause in typing, or leaving the tab, presses it. Focus and caret stay.
  // "Saved" gives way to "Not saved yet" from the first key until the page shows another save than the one that stood there.
  const draft = '[class*=st-key-draft] :is(textarea,input[type=text])', held = new WeakMap();
  let writing = null, pause = 0, stood = null;
  const saved = () => $('.saved')?.dataset.saved ?? '';
  function unsaved() { stood = saved(); root.classList.add('unsaved'); }
  function kept() {
    if (stood === null || writing || saved() === stood) return;
    stood = null;
    root.classList.remove('unsaved');
  }
  function enter(field) {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
  }
  function save() {
    clearTimeout(pause);
    const field = writing;
    writing = null;
    if (!field?.isConnected) { kept(); return; }
    if (field.value === held.get(field)) { stood = null; root.classList.remove('unsaved'); return; }
    held.set(field, field.value);
    enter(field);
    kept();
  }
  addEventListener('focusin', e => { if (e.target.matches?.(draft)) held.set(e.target, e.target.value); }, true);
  // Half of an emoji, as a broken paste can hold, is no text: the connection would choke on it.
  const own = { TEXTAREA: HTMLTextAreaElement, INPUT: HTMLInputElement };
  addEventListener('input', e => {
    const kind = own[e.target.tagName], text = e.target.value;
    if (!kind || e.isComposing || typeof text !== 'string' || !text.toWellFormed || text.isWellFormed()) return;
    const at = e.target.selectionStart;
    Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(e.target, text.toWellFormed());
    e.target.setSelectionRange?.(at, at);
  }, true);
  addEventListener('input', e => {
    if (!e.target.matches?.(draft) || e.isComposing) return;
    if (writing && writing !== e.target) save();
    writing = e.target;
    unsaved();
    clearTimeout(pause);
    pause = setTimeout(save, 700);
  }, true);
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });
  addEventListener('pagehide', save);

  // Entries: each button of a list says "name:id". What is pressed goes, with a number that only grows, into the page's one hidden field; presses
  // that no list has answered yet (data-heard) go with it, so that none is lost while the server is busy.
  let number = 0, given = 0, underway = [], menu = null, pressed = false;
  const waits = button => underway.some(one => one.startsWith(`${button.dataset.press}:`));
  function press(button) {
    if ($('.st-key-press input')?.disabled || waits(button)) return;
    button.toggleAttribute('data-sent', true);
    number = Math.max(Date.now(), number + 1);
    underway.push(`${button.dataset.press}:${number}`);
    hand();
  }
  // On a first visit the field may come later than the list: its script is still on the way.
  function hand() {
    const field = $('.st-key-press input');
    if (!field || !underway.length || number === given) return;
    given = number;
    Object.getOwnPropertyDescriptor(own.INPUT.prototype, 'value').set.call(field, underway.join(' '));
    field.dispatchEvent(new Event('input', { bubbles: true }));
    enter(field);
  }
  // A connection that came back may have lost a press: the reader presses again.
  function release() {
    underway = [];
    for (const button of document.querySelectorAll('[data-heard] [data-sent]')) button.removeAttribute('data-sent');
  }
  // A press draws the list anew: what had the focus has it again, and a menu that was opened meanwhile stays open.
  function heard() {
    const list = $('[data-heard]');
    if (!list) { underway = []; return; }
    if (menu && !menu.isConnected) show(twin(menu));
    underway = underway.filter(one => Number(one.split(':')[2]) > list.dataset.heard);
    hand();
    if (opener && !opener.isConnected && document.activeElement === document.body) twin(opener)?.focus({ preventScroll: true });
  }
  function twin(button) {
    const [name, value] = Object.entries(button.dataset).find(([name]) => name === 'press' || name === 'more') ?? [];
    return name && $(`[data-heard] [data-${name}="${CSS.escape(value)}"]`);
  }
  // All menus of a list share one box of choices: it goes under the button that was pressed, with what that button names.
  function show(button) {
    const box = $('#choices');
    menu?.setAttribute('aria-expanded', 'false');
    if (box) box.hidden = true;
    menu = button;
    if (!menu) return;
    for (const choice of box.children) choice.hidden = true;
    for (const name of menu.dataset.choices.split(' ')) {
      const choice = $(`[data-choice=${name}]`, box);
      choice.dataset.press = `${name}:${menu.dataset.more}`;
      choice.toggleAttribute('data-sent', waits(choice));
      choice.hidden = false;
      box.append(choice);
    }
    menu.after(box);
    menu.setAttribute('aria-expanded', 'true');
    box.hidden = false;
    box.scrollIntoView({ block: 'nearest' });
  }
  // A double click is one press: its second half may fall on what the menu covered.
  addEventListener('click', e => {
    const button = e.target.closest('[data-heard] button'), from = menu;
    if (e.detail > 1 && (button || pressed)) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    pressed = Boolean(button) && !button.matches('[aria-expanded]');
    if (button && !pressed) { show(button === menu ? null : button); return; }
    if (from) show(null);
    if (from?.parentElement.contains(button)) from.focus({ preventScroll: true });
    if (pressed) press(button);
  }, true);
  addEventListener('focusin', e => { if (menu && !menu.parentElement.contains(e.target)) show(null); });
  addEventListener('keydown', e => {
    if (e.key !== 'Escape' || !menu) return;
    menu.focus();
    show(null);
  });

  // Enter, "Go" on a phone, in a field of one line presses the one primary button: on pages that are answered, never where notes are written,
  // groups named or lists searched. Streamlit takes the text over when the field loses the focus; a double or held Enter is one press.
  const answered = ':is(.st-key-outside,.st-key-page-join,.st-key-page-let-in,.st-key-page-invite,.st-key-page-settings,.st-key-page-person,[role=dialog])';
  const line = `${answered} input:is([type=text],[type=password]):not([role=combobox],details *)`;
  let went = 0;
  function primary(field) {
    const place = field.closest('[role=dialog]') || $('[data-testid=stMain]');
    const found = [...place?.querySelectorAll('[class*=st-key-act-] [data-testid=stBaseButton-primary]') ?? []];
    return found.length === 1 && !found[0].disabled ? found[0] : null;
  }
  for (const kind of ['input', 'pointerdown']) addEventListener(kind, () => { went = 0; }, true);
  addEventListener('keydown', e => {
    if (e.key !== 'Enter') return;
    if (went && (e.repeat || Date.now() - went < 1000)) { e.preventDefault(); e.stopImmediatePropagation(); } else went = 0;
  }, true);
  addEventListener('keydown', e => {
    const plain = e.isTrusted && e.key === 'Enter' && !(e.repeat || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey);
    const button = plain && e.target.matches?.(line) && primary(e.target);
    if (!button) return;
    went = Date.now();
    button.focus({ preventScroll: true });
    setTimeout(() => button.click(), 0);
  });
  addEventListener('focusin', e => { if (e.target.matches?.(line)) e.target.enterKeyHint = 'go'; });

  // Forms that a page draws to be sent at once: the ticket after a passphrase, a sign-out. Their button stays for when this does not run.
  function send() {
    for (const form of document.querySelectorAll('.st-key-ticket form, form[data-send]')) {
      if (!form.dataset.sent) { form.dataset.sent = '1'; form.requestSubmit(); }
    }
  }
  addEventListener('submit', e => {
    const next = e.target.matches('#lock') && $('input[name=next]', e.target);
    if (next) { save(); next.value = here(); }
  }, true);

  // Page links say which page is current by colour only.
  function current() {
    const nav = $('.st-key-nav');
    if (nav && !nav.hasAttribute('role')) {
      nav.setAttribute('role', 'navigation');
      nav.setAttribute('aria-label', $('#bar').dataset.pages);
    }
    for (const a of document.querySelectorAll('.st-key-nav a')) {
      const on = a.getAttribute('href').split('?')[0].split('/').pop() === here();
      if (on !== (a.getAttribute('aria-current') === 'page')) on ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current');
    }
  }

  // The close button of a dialog has an English name in every language.
  function closing() {
    for (const button of document.querySelectorAll('[role=dialog] > button[aria-label=Close]')) button.setAttribute('aria-label', $('#bar').dataset.close);
  }

  // Focus falls to the body after a page change and after a dialog that a menu opened: to the new h1, back to the opener.
  let path = location.pathname, before = '', moved = false, opener = null, dialog = false;
  document.addEventListener('focusin', e => {
    if (e.target.closest('#root') && !e.target.closest('[role=dialog],[role=menu]')) opener = e.target;
  });
  function focus() {
    if (location.pathname !== path) { path = location.pathname; moved = true; opener = null; }
    const h1 = $('[data-testid=stMain] h1');
    if (moved && h1 && h1.textContent !== before) {
      moved = false;
      h1.tabIndex = -1;
      h1.focus({ preventScroll: true });
      $('[data-testid=stMain]').scrollTop = 0;
    }
    if (h1 && !moved) before = h1.textContent;
    const box = $('.problem:not([data-seen])');
    if (box) { box.dataset.seen = '1'; box.focus(); }
    const done = $('.st-key-card-good-outcome [role=status]:not([data-seen])');
    if (done) { done.dataset.seen = '1'; done.closest('.st-key-card-good-outcome').scrollIntoView({ block: 'nearest' }); }
    const open = Boolean($('[role=dialog]'));
    if (dialog && !open) setTimeout(back, 0);
    dialog = open;
  }
  function back() {
    if (document.activeElement !== document.body || !opener) return;
    const key = [...(opener.closest('[class*=st-key-]')?.classList || [])].find(c => c.startsWith('st-key-'));
    const target = opener.isConnected ? opener : twin(opener) || key && $(`.${CSS.escape(key)} :is(button,input,textarea,a)`);
    if (target) target.focus();
  }

  new MutationObserver(() => { cut(); send(); current(); closing(); focus(); kept(); heard(); const span = $('[data-idle]'); if (span) read(span); }).observe(root, { childList: true, subtree: true });

  document.addEventListener('click', e => {
    const a = e.target.closest('a,button');
    if (!a) return;
    if (a.matches('[data-leave]')) { e.preventDefault(); leave(); return; }
    if (a.closest('[class*=st-key-act-]')) moved = true;  // Continue draws the next step on the same page: its h1 takes the focus
    const field = a.dataset.field && $(`.st-key-${CSS.escape(a.dataset.field)} :is(input,textarea,button)`);
    if (field) { e.preventDefault(); field.focus(); }
    if (a.matches('.skip')) { e.preventDefault(); $('[data-testid=stMain]')?.focus(); }
    if (a.matches('[data-print]')) print();
    if (a.matches('[data-copy]')) {
      navigator.clipboard.writeText(a.dataset.copy).then(() => { if (a.nextElementSibling) a.nextElementSibling.textContent = a.dataset.done; }, () => {});
    }
  });
  addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details')) part.open = true; });
})();
