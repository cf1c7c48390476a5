/** How much air the lists have; kept in this browser. index.html applies it before the first paint. */
export type Density = 'comfortable' | 'dense'

export const density = (): Density => (document.documentElement.dataset.density === 'dense' ? 'dense' : 'comfortable')

export function setDensity(next: Density) {
  document.documentElement.dataset.density = next
  try {
    localStorage.setItem('patron.density', next)
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
  dispatchEvent(new Event('resize'))
}

export const toggleDensity = () => setDensity(density() === 'dense' ? 'comfortable' : 'dense')
