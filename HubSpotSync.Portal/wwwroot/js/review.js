// Ticks all contacts of a page at once.
const start = () => {
  const all = document.querySelector('[data-tick-all]');
  if (!all?.closest('[hidden]')) return;
  all.closest('[hidden]').hidden = false;
  all.addEventListener('change', () => {
    for (const box of document.querySelectorAll('.review [name=ids]:not(:disabled)')) box.checked = all.checked;
  });
};
start();
document.addEventListener('htmx:load', start);
