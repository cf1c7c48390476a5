/**
 * Which modules the first screen needs beside what the program starts with: they travel together. A file for each little
 * thing that another screen shares too would weigh more than it saves.
 */
const START = '/src/app/main.tsx'
const SCREENS = ['/src/routes/_app.tsx', '/src/routes/_app/customers.tsx', '/src/routes/_app/customers/$customerId.$section.tsx']

interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

/** Own modules only: libraries are the bundler's to cut, style sheets go where they are used. */
function reachable(graph: Graph, root: string, entries: string[], but?: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>()
  const walk = (id: string) => {
    if (seen.has(id) || but?.has(id) || !id.startsWith(`${root}/src/`) || id.endsWith('.css')) return
    seen.add(id)
    graph.getModuleInfo(id)?.importedIds.forEach(walk)
  }
  entries.forEach((entry) => walk(root + entry))
  return seen
}

let found: { graph: Graph; modules: Set<string> } | undefined

/** The name of the chunk that a module goes into, or none for the bundler's own choice. */
export const firstScreen = (root: string) => (id: string, graph: Graph) => {
  if (!found || found.graph !== graph) {
    const started = reachable(graph, root, [START])
    found = { graph, modules: reachable(graph, root, SCREENS.map((route) => `${route}?tsr-split=component`), started) }
  }
  return found.modules.has(id) ? 'first' : null
}
