import { lazy, type ComponentType } from 'react'

/**
 * A component that is loaded when it is first shown. When its file is gone with an older version of the server it never
 * comes, and the page around it stays: an error would take what is being typed with it. `app/renewal.ts` says so.
 */
export function part<Module, Props extends object>(load: () => Promise<Module>, of: (module: Module) => ComponentType<Props>) {
  return lazy(() =>
    (load() as Promise<Module | undefined>).then((module) => (module ? { default: of(module) } : new Promise<never>(() => {}))),
  )
}
