// The box that ticks all rows of the page.
document.addEventListener('change', event => {
  const all = event.target.closest('[data-tick-all]');
  const list = event.target.closest('#customers, [data-list]');
  if (!list) return;
  const boxes = [...list.querySelectorAll('[name=Ids], [name=marks][type=checkbox]')];
  if (all) {
    for (const box of boxes) box.checked = all.checked;
  }

  const many = list.querySelector('.bulk');
  if (many && boxes.some(box => box.checked)) many.open = true;
});
