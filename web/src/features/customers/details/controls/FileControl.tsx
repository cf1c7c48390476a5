import { IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask, fileUrl, sendFile, type StoredFile } from '@/shared/api'
import { t } from '@/shared/i18n'
import { toast } from '@/shared/ui'
import classes from './controls.module.css'

interface Props {
  id: string
  value: string | null
  readOnly?: boolean
  onSave: (value: string | null) => Promise<boolean>
}

export function FileControl({ id, value, readOnly, onSave }: Props) {
  const [busy, setBusy] = useState(false)
  const file = useQuery({
    queryKey: ['files', value],
    queryFn: () => ask(api.GET('/files/{id}', { params: { path: { id: value! } } })),
    enabled: value !== null,
    staleTime: Infinity,
  }).data
  const upload = async (picked: File) => {
    setBusy(true)
    try {
      const stored = await sendFile<StoredFile>('POST', `/files?filename=${encodeURIComponent(picked.name)}`, picked)
      await onSave(stored.id)
    } catch (error) {
      toast.failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={classes.file}>
      {value && <a href={fileUrl(value)} target="_blank" rel="noreferrer"><IconPaperclip size={15} aria-hidden />{file?.name ?? t('File')}</a>}
      {!readOnly && <input id={id} type="file" disabled={busy} onChange={(e) => e.target.files?.[0] && void upload(e.target.files[0])} />}
      {value && !readOnly && <button type="button" onClick={() => void onSave(null)}>{t('Remove')}</button>}
    </div>
  )
}
