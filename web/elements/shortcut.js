/**
 * A key that does something wherever nobody is writing.
 * @param {string} key
 * @param {() => void} act
 * @returns {{on: () => void, off: () => void}}
 */
export function shortcut(key, act) {
  const listen = (event) => {
    const { target } = event;
    // Those who speak to their computer may switch them off.
    if (document.documentElement.dataset.singleKeys === 'off') return;
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest('input, select, textarea')) return;
    // What lies behind a dialog rests, wherever in it somebody has clicked.
    if (document.querySelector('dialog:modal')) return;
    event.preventDefault();
    act();
  };
  return { on: () => addEventListener('keydown', listen), off: () => removeEventListener('keydown', listen) };
}
