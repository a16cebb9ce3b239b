// The arrow between two fields: a click goes to the next way that is allowed. The select below it stays the form's field.
const lines = { Both: '⇄', In: '←', Out: '→', Off: '·' };

function draw(button, select) {
  const chosen = select.selectedOptions[0];
  button.dataset.way = select.value;
  button.replaceChildren(
    Object.assign(document.createElement('span'), { className: 'arrow-line', textContent: lines[select.value], ariaHidden: 'true' }),
    Object.assign(document.createElement('span'), { textContent: chosen.textContent }));
  button.setAttribute('aria-label', `${select.getAttribute('aria-label')}: ${chosen.textContent}`);
}

for (const select of document.querySelectorAll('[data-arrow]')) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'arrow' });
  button.disabled = select.matches(':disabled');
  button.addEventListener('click', () => {
    const count = select.options.length;
    let next = select.selectedIndex;
    do next = (next + 1) % count; while (select.options[next].disabled);
    select.selectedIndex = next;
    draw(button, select);
  });
  draw(button, select);
  select.tabIndex = -1;
  select.setAttribute('aria-hidden', 'true');
  select.parentElement.classList.add('is-live');
  select.before(button);
}
document.getElementById('change-title')?.focus();
