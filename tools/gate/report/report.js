// Filters, opens and walks through the findings that the page holds. It adds no
// text but a count.
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const findings = Array.from(document.querySelectorAll('.finding'));
  const files = Array.from(document.querySelectorAll('.of-file'));
  const states = Array.from(document.querySelectorAll('input[name="state"]'));
  const search = byId('search');
  const rule = byId('rule');
  const texts = new Map(); // of findings, once somebody searches

  // With the name of the file, which is the section's.
  function textOf(finding) {
    if (!texts.has(finding)) {
      const file = finding.closest('.of-file').querySelector('h3');
      texts.set(finding,
                (file.textContent + '\n' + finding.textContent).toLowerCase());
    }
    return texts.get(finding);
  }

  function visible() {
    return findings.filter((finding) => !finding.hidden);
  }

  function filter() {
    const chosen = new Set(
        states.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const finding of findings) {
      const wanted = chosen.has(finding.dataset.state) &&
          (!rule.value || rule.value === finding.dataset.rule);
      finding.hidden = !wanted ||
          !words.every((word) => textOf(finding).includes(word));
    }
    for (const file of files)
      file.hidden = !file.querySelector('.finding:not([hidden])');
    const count = visible().length;
    byId('count').value = count === findings.length ?
        `${count} ${count === 1 ? 'finding' : 'findings'}` :
        `${count} of ${findings.length}`;
  }

  function openAll(open) {
    for (const finding of visible())
      finding.open = open;
  }

  // To the next finding, or with -1 to the one before.
  function walk(step) {
    const list = visible();
    if (!list.length)
      return;
    const current = document.activeElement.closest('.finding');
    const at = list.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : list.length - 1) :
        Math.min(Math.max(at + step, 0), list.length - 1);
    list[next].querySelector('summary').focus();
  }

  function goTo(id) {
    const finding = id && byId(id);
    if (!finding || !finding.classList.contains('finding'))
      return;
    finding.hidden = false;
    finding.closest('.of-file').hidden = false;
    finding.open = true;
    finding.scrollIntoView();
  }

  function isTyping(target) {
    return target.matches('select, textarea') ||
        (target.matches('input') && target.type !== 'checkbox');
  }

  const keys = {
    '/': () => { search.focus(); search.select(); },
    'j': () => walk(1),
    'k': () => walk(-1),
    'o': () => openAll(true),
    'c': () => openAll(false),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === 'Escape' && event.target === search) {
      search.value = '';
      filter();
      search.blur();
      event.preventDefault();
    } else if (!isTyping(event.target) && keys[event.key]) {
      keys[event.key]();
      event.preventDefault();
    }
  });

  for (const button of document.querySelectorAll('.rules button'))
    button.addEventListener('click', () => {
      rule.value = button.dataset.rule;
      filter();
      byId('findings').scrollIntoView();
      rule.focus({preventScroll: true});
    });
  byId('filter').addEventListener('submit', (e) => e.preventDefault());
  byId('filter').addEventListener('input', filter);
  byId('open').addEventListener('click', () => openAll(true));
  byId('close').addEventListener('click', () => openAll(false));
  window.addEventListener('hashchange', () => goTo(location.hash.slice(1)));

  // On paper all that is chosen is open.
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = visible().filter((finding) => !finding.open);
    openAll(true);
  });
  window.addEventListener('afterprint', () => {
    for (const finding of closed)
      finding.open = false;
  });

  for (const box of states)
    if (!document.querySelector(`.finding[data-state="${box.value}"]`))
      box.closest('label').hidden = true;
  byId('filter').hidden = findings.length === 0;
  document.querySelector('.keys').hidden = findings.length === 0;
  filter();
  goTo(location.hash.slice(1));
})();
