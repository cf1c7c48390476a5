import { createContext } from 'react'

/** Whether the filter means the same for whoever asks. */
export const ForAll = createContext(false)
