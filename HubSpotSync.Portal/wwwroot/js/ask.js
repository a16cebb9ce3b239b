// The dialog: opened by its button or Ctrl+K (Cmd+K) from everywhere. What is said is the server's.
const dialog = document.getElementById('ask');

function open(event) {
  if (!dialog) return;
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('#ask-text').focus();
}

document.addEventListener('click', event => {
  if (event.target.closest('[data-ask-open]') && !event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
  else if (event.target === dialog) dialog.close();
});
document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) open(event);
});

document.addEventListener('htmx:afterRequest', event => {
  const form = event.target.closest?.('[data-ask-form]');
  if (!form || !event.detail.successful) return;
  form.reset();
  form.elements.text.focus();
});
document.addEventListener('htmx:afterSwap', () => {
  const log = document.getElementById('ask-log');
  if (!log) return;
  log.querySelector('.ask-hint')?.remove();
  log.lastElementChild?.scrollIntoView({ block: 'nearest' });
});
