// The theme switch, copy buttons, and what to say when a live part can't be loaded.
document.addEventListener('click', event => {
  const target = event.target.closest('[data-theme-switch], [data-copy]');
  if (!target) return;
  if ('copy' in target.dataset) {
    navigator.clipboard?.writeText(target.dataset.copy).then(() => say('Copied'));
    return;
  }
  const next = document.documentElement.dataset.bsTheme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.bsTheme = next;
  document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
});

for (const name of ['htmx:responseError', 'htmx:sendError']) {
  document.addEventListener(name, event => {
    const status = event.detail.xhr?.status;
    notice(status === 503
      ? 'The database does not answer right now. Nothing is lost; try again in a moment.'
      : status === 429 ? 'That was many requests at once. Wait a moment.'
        : 'The portal does not answer. Check your connection and try again.');
  });
}

document.addEventListener('htmx:afterOnLoad', () => notice(''));

function say(text) {
  const announcer = document.getElementById('announcer');
  if (announcer) announcer.textContent = text;
}

function notice(text) {
  const box = document.getElementById('notice');
  if (!box) return;
  box.textContent = text;
  box.hidden = text === '';
}
