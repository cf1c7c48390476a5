import { createFileRoute } from '@tanstack/react-router'
import { BoardPage } from '@/features/customers/board'
import { readBoard } from '@/features/customers/loading'

export const Route = createFileRoute('/_app/board')({ validateSearch: readBoard, component: BoardPage })
