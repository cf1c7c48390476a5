/** How much air the lists have; kept in this browser. index.html applies it before the first paint. */
export function toggleDensity() {
  const root = document.documentElement
  const next = root.dataset.density === 'dense' ? 'comfortable' : 'dense'
  root.dataset.density = next
  localStorage.setItem('patron.density', next)
  dispatchEvent(new Event('resize'))
}
