import { IconCamera } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { sendFile, type Customer, type CustomerRow } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar } from '@/shared/ui'
import { customerOne, readRows } from '../api/queries'
import { patchRows } from '../api/rows'
import classes from './Header.module.css'

export function Photo({ id, known }: { id: string; known: Customer | CustomerRow }) {
  const picker = useRef<HTMLInputElement>(null)
  const client = useQueryClient()
  const mayEdit = useCan()('customers.edit')
  const upload = useMutation({
    mutationFn: (file: File) => sendFile('PUT', `/customers/${id}/photo`, file),
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: customerOne(id).queryKey })
      patchRows(client, (await readRows({ ids: id })).data)
    },
  })
  useCommands(mayEdit ? [{ id: 'customer.photo', title: t('Change the photo'), group: known.display_name, keys: 'shift+o', place: 2, run: () => picker.current?.click() }] : [])
  const square = known.kind === 'company'
  return (
    <>
      <button type="button" className={classes.photo} data-square={square || undefined} disabled={!mayEdit} aria-label={t('Change the photo')} onClick={() => picker.current?.click()}>
        <Avatar name={known.display_name} size={56} square={square} photoId={known.photo_id} />
        <span data-over aria-hidden>
          <IconCamera size={20} />
        </span>
      </button>
      <input ref={picker} type="file" accept="image/*" hidden onChange={(e) => e.target.files?.[0] && upload.mutate(e.target.files[0])} />
    </>
  )
}
