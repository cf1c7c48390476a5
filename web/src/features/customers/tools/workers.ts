import type { Worker } from '@/shared/api'

/** The first worker is responsible; after that exactly one always is. */
export function withWorker(workers: Worker[], userId: string): Worker[] {
  return [...workers, { user_id: userId, responsible: !workers.some((w) => w.responsible) }]
}

export function withResponsible(workers: Worker[], userId: string): Worker[] {
  return workers.map((w) => ({ ...w, responsible: w.user_id === userId }))
}

export function withoutWorker(workers: Worker[], userId: string): Worker[] {
  const left = workers.filter((w) => w.user_id !== userId)
  return left[0] && !left.some((w) => w.responsible) ? withResponsible(left, left[0].user_id) : left
}
