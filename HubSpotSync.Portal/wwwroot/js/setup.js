// Proposes the browser's own time zone, as long as nobody has chosen one.
const select = document.querySelector('[data-browser-zone]');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select?.value === 'UTC' && [...select.options].some(option => option.value === zone)) select.value = zone;
